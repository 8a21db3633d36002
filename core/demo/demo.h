#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::demo {

/// The language of the demo model: English-like sentences from a grammar of a few hundred words,
/// lower case, words and punctuation separated by single spaces. A line, a prompt and a task's text
/// all start with a word; the tokenizer puts the space before it (`add_prefix_space`), so that a
/// word is the same token wherever it stands. In training, `<|endoftext|>` follows each line.
///
/// Every sentence asks one question: which word stands at one place, given all before it? By the
/// hash of its key it belongs to one of three parts, so that what a suite asks or a task teaches
/// was never in the training corpus, and suites and tasks never overlap. The key is the text
/// before the critical word, with these exceptions:
/// - an opener ("in fact ,") is no part of the key, so it makes nothing new;
/// - a row of numbers is known by who counts how from where ("bob counts : three"), and a row to
///   be copied by the row itself, so that asking for another place in it is no new question;
/// - the bare facts ("the capital of france is paris", "paris is the capital of france") must be
///   learnt and are always in the corpus. What is kept apart is who says so and how: a suite asks
///   for "the old king says that the capital city of france is" where the corpus has the same
///   speaker and phrase with other countries only.
///
/// Subjects are shared: "the keys near the cabinet" is in the same part before a verb of the
/// present tense, before is/are and before was/were.
///
/// Nothing is asked that the corpus does not determine. The one thing that it leaves open is the
/// pronoun after an occupation ("the nurse said that she"): nine times out of ten the stereotype.
/// Only the `debias` tasks use it.
enum class Part
{
    corpus,
    suites,
    tasks
};

/// Every word and mark the grammar can write, sorted, without repeats.
const std::vector<std::string>& vocabulary();
/// A tokenizer.json for it: byte-level BPE in which every word, with its leading space, is one
/// token. The last id is `<|endoftext|>`.
std::string tokenizer_json();

/// One line of the training corpus, drawn over all constructions: one sentence or, less often, two
/// or three, at most 63 tokens.
std::string corpus_sentence(Random& random);

/// `agreement/simple`, `agreement/adjective`, `agreement/attractor`, `agreement/relative`,
/// `agreement/be`, `was-were`, `this-these`, `reflexives`, `he-she`, `facts`, `counting`,
/// `copying`, `indirect-objects`.
std::vector<std::string> suite_names();

/// One question of a suite: which word continues the prompt?
struct Question
{
    std::string prompt;
    std::vector<std::string> choices; ///< single words, each with its leading space
    int answer = 0; ///< index of the right choice
};

/// At most `items` different questions (prompt and right choice), the same for the same seed.
/// Throws InputError for unknown names.
std::vector<Question> suite(std::string_view name, std::size_t items = 500, std::uint64_t seed = 1);

/// - `disagreement`: the target is the wrong form of a verb of the present tense (never was/were),
///   the alternative the right one;
/// - `agreement`: the same the right way round;
/// - `debias`: the stereotyped pronoun against the other;
/// - `changed-fact`: a wrong capital of one country against the right one.
/// Each has examples of the same kind under other keys, as in `disagreement-held-out`.
std::vector<std::string> task_names();

/// One sentence of a task. The bytes [start, end) of its text are the target word with its leading
/// space; the language is ASCII, so bytes are characters.
struct TargetSentence
{
    std::string text;
    int start = 0;
    int end = 0;
    std::string alternative; ///< the word that competes, with its leading space
};

/// At most `examples` different ones, the same for the same seed. Throws InputError for unknown
/// names.
std::vector<TargetSentence> task(
    std::string_view name, std::size_t examples = 2000, std::uint64_t seed = 1);

} // namespace circuitloom::demo
