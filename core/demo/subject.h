#pragma once

#include "core/base/random.h"
#include "core/demo/lexicon.h"
#include "core/demo/sentence.h"

namespace circuitloom::demo {

/// The shapes of a noun phrase in which a verb may have to look past other words for its noun.
enum class SubjectShape
{
    simple, ///< the dogs
    adjective, ///< the old dogs
    attractor, ///< the keys near the cabinet
    relative, ///< the boys that the teacher likes
};
inline constexpr int subject_shapes = 4;

enum class Tense
{
    present,
    past
};

/// A noun phrase as the subject of a clause: its head noun decides number and gender.
struct Subject
{
    Words words;
    Number number = Number::singular;
    const Noun* head = nullptr;
};

Number draw_number(Random& random);
/// An adjective that goes with the noun.
const std::string& draw_adjective(Random& random, const Noun& noun);
/// "the dog", "my old keys": the words of a simple noun phrase.
Words noun_phrase(Random& random, const Noun& noun, Number number, bool adjective);
/// `tense` is that of the verb inside a relative clause.
Subject draw_subject(
    Random& random, const Noun& head, Number number, SubjectShape shape, Tense tense);
/// The same with any noun in any number.
Subject draw_subject(Random& random, SubjectShape shape, Tense tense);
SubjectShape draw_shape(Random& random);

} // namespace circuitloom::demo
