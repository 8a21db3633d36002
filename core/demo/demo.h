#pragma once

#include "core/base/random.h"
#include "core/tasks/capability_suite.h"
#include "core/tasks/task.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom::demo {

/// The language of the demo model: English-like sentences from a grammar of a few hundred words,
/// lower case, words and punctuation separated by single spaces.
///
/// Every sentence belongs to one of three parts by the hash of its text, so that what a suite asks
/// or a task teaches was never in the training corpus, and suites and tasks never overlap.
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

/// One sentence of the training corpus, drawn over all constructions.
std::string corpus_sentence(Random& random);

/// `agreement/simple`, `agreement/attractor`, …, `was-were`, `this-these`, `reflexives`,
/// `he-she`, `facts`, `counting`, `copying`, `indirect-objects`.
std::vector<std::string> suite_names();
/// At most `items` different items, the same for the same seed. Throws InputError for unknown
/// names.
CapabilitySuite suite(std::string_view name, std::size_t items = 500, std::uint64_t seed = 1);

/// `disagreement`, `disagreement-held-out`, `debias`, `debias-held-out`, `changed-fact`,
/// `changed-fact-held-out`.
std::vector<std::string> task_names();
std::vector<TaskExample> task(
    std::string_view name, std::size_t examples = 2000, std::uint64_t seed = 1);

} // namespace circuitloom::demo
