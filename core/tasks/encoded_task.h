#pragma once

#include "core/tasks/task.h"
#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <string>
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

struct EncodedTask
{
    std::vector<EncodedExample> examples;
    std::vector<std::string> dropped; ///< a sentence for each example or span left out, and why
};

/// A span's scored token is the first at which the tokenisations of the text, and of the text with
/// this span replaced by its alternative, differ; without an alternative the first that the text
/// before the span does not have. Texts are cut to `max_tokens`. Spans are dropped where there is
/// no such token, where none comes before it, or where the cut removed it; examples where no span
/// is left.
EncodedTask encode_task(
    const std::vector<TaskExample>& examples, const Tokenizer& tokenizer, int max_tokens);

} // namespace circuitloom
