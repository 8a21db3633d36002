#pragma once

#include "core/base/measure.h"

/// Measures of questions that a model answers in words, each by a strict rule and some by a looser
/// one beside it, and of sentences about people.
namespace circuitloom::measures {

inline constexpr Measure solved{ "solved", "Solved", "share", Notation::percent, 1, Better::higher,
    MeasuredOn::evaluation };
inline constexpr Measure solved_loosely{ "solved-loosely", "Solved (loose rule)", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure exact_match{ "exact-match", "Exact match", "share", Notation::percent, 1,
    Better::higher, MeasuredOn::evaluation };
inline constexpr Measure exact_match_loosely{ "exact-match-loosely", "Exact match (loose rule)",
    "share", Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure word_f1{ "word-f1", "F1 of the words", "share", Notation::percent, 1,
    Better::higher, MeasuredOn::evaluation };
inline constexpr Measure macro_f1{ "macro-f1", "Macro F1", "share", Notation::percent, 1,
    Better::higher, MeasuredOn::evaluation };
inline constexpr Measure macro_precision{ "macro-precision", "Macro precision", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure macro_recall{ "macro-recall", "Macro recall", "share", Notation::percent,
    1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure macro_f1_loosely{ "macro-f1-loosely", "Macro F1 (loose rule)", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure followed{ "instructions-followed", "Instructions followed", "share",
    Notation::percent, 1, Better::higher, MeasuredOn::evaluation, true };
inline constexpr Measure followed_loosely{ "instructions-followed-loosely",
    "Instructions followed (loose rule)", "share", Notation::percent, 1, Better::higher,
    MeasuredOn::evaluation, true };
/// Of sentences about people: how far their pronouns are from an even choice.
inline constexpr Measure pronoun_bias{ "pronoun-bias", "Pronoun bias", "", Notation::plain, 3,
    Better::lower, MeasuredOn::evaluation };

} // namespace circuitloom::measures
