#pragma once

#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// A position whose prediction is scored.
struct ScoredTarget
{
    int position = 0; ///< of the token that predicts the target: the target stands one further
    std::int32_t target = 0;
    std::int32_t alternative = -1; ///< -1 where the span has none
    bool operator==(const ScoredTarget&) const = default;
};

struct EncodedExample
{
    std::vector<std::int32_t> ids;
    std::vector<ScoredTarget> targets; ///< at least one
    /// The corrupted prompt, as many tokens as `ids`; empty where the example has none.
    std::vector<std::int32_t> corrupted = {};
};

/// One example as one tokenizer sees it.
struct ExampleEncoding
{
    EncodedExample example; ///< without targets where nothing of it can be scored
    std::vector<LeftOut> left_out; ///< spans: `where` is as in `span 2`
    /// Why the example stays without its corrupted prompt; empty where it has one or never had.
    std::string corrupted_problem;
    /// Spans that are scored, but look like a mistake of whoever wrote them.
    std::vector<LeftOut> doubts;
};

/// How many examples lack something, and which is the first.
struct Lacking
{
    std::size_t examples = 0;
    std::string first; ///< as in `Example 3 (When Mary…)`

    void add(const std::string& name);
};

struct EncodedTask
{
    std::vector<EncodedExample> examples;
    std::vector<std::string> dropped; ///< a sentence for each example or span left out, and why
    /// A sentence for each reason for which examples look like a mistake, and for each misspelt
    /// field, with how many there are.
    std::vector<std::string> notes = {};
    std::size_t doubts = 0; ///< spans that look like a mistake
    Lacking without_corrupted = {}; ///< those that never had a corrupted prompt among them
    Lacking without_alternative = {}; ///< for one of their targets or more
};

/// A span's scored token is the first at which the tokenisations of the text, and of the text with
/// this span replaced by its alternative, differ; without an alternative the first that the text
/// before the span does not have. Spans are left out where there is no such token, where none
/// comes before it, or where it lies beyond `max_tokens`, to which text and corrupted prompt are
/// cut. The corrupted prompt stays where it has as many tokens as the text, and not the same.
/// An example with an answer in token ids gets the text's tokens and the target behind them.
ExampleEncoding encode_example(
    const TaskExample& example, const Tokenizer& tokenizer, int max_tokens);

/// How many of the held-out examples have the tokens of one that is trained on.
std::size_t shared_examples(const EncodedTask& trained, const EncodedTask& held_out);

/// All examples; those where no span is left are dropped.
EncodedTask encode_task(
    const std::vector<TaskExample>& examples, const Tokenizer& tokenizer, int max_tokens);

/// The examples of load_task(), and of a ready-made task only those that are well formed for this
/// tokenizer (see well_formed.h). Of these `dropped` has one sentence for each reason. Throws
/// InputError where no example is left, and, where it is to be strict, where targets look like a
/// mistake.
EncodedTask load_encoded_task(
    std::string_view source, const Tokenizer& tokenizer, int max_tokens, bool strict = false);

} // namespace circuitloom
