#include "core/tasks/encoded_task.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace circuitloom {

namespace {

using Ids = std::vector<std::int32_t>;

/// A span's scored token, or why there is none.
struct Scored
{
    std::size_t index = 0; ///< of the target
    std::int32_t alternative = -1;
    std::string problem;
};

std::size_t first_difference(const Ids& a, const Ids& b)
{
    return static_cast<std::size_t>(
        std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

Scored scored_token(const TaskExample& example, const TaskSpan& span,
    const std::vector<std::size_t>& offsets, const Ids& ids, const Tokenizer& tokenizer)
{
    const std::string before
        = example.text.substr(0, offsets[static_cast<std::size_t>(span.start)]);
    Scored scored;
    if (span.alternative) {
        const std::string after = example.text.substr(offsets[static_cast<std::size_t>(span.end)]);
        const Ids other = tokenizer.encode(before + *span.alternative + after);
        scored.index = first_difference(ids, other);
        if (scored.index >= ids.size() || scored.index >= other.size())
            scored.problem = "target and alternative have no position at which their tokens differ";
        else
            scored.alternative = other[scored.index];
    } else {
        scored.index = first_difference(ids, tokenizer.encode(before));
        if (scored.index >= ids.size())
            scored.problem = "the target has no token of its own";
    }
    if (scored.problem.empty() && scored.index == 0)
        scored.problem = "the target is the first token, which nothing predicts";
    return scored;
}

std::string shortened(std::string_view text)
{
    constexpr std::size_t most = 60;
    std::size_t end = 0;
    while (end < text.size() && end < most)
        end += character_bytes(text[end]);
    return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

} // namespace

EncodedTask encode_task(
    const std::vector<TaskExample>& examples, const Tokenizer& tokenizer, int max_tokens)
{
    EncodedTask task;
    const auto limit = static_cast<std::size_t>(std::max(max_tokens, 1));
    for (std::size_t number = 0; number < examples.size(); ++number) {
        const TaskExample& example = examples[number];
        const std::string where
            = "Example " + std::to_string(number + 1) + " (" + shortened(example.text) + ")";
        const std::vector<std::size_t> offsets = character_offsets(example.text);
        EncodedExample encoded;
        encoded.ids = tokenizer.encode(example.text);
        for (std::size_t i = 0; i < example.spans.size(); ++i) {
            Scored scored
                = scored_token(example, example.spans[i], offsets, encoded.ids, tokenizer);
            if (scored.problem.empty() && scored.index >= limit)
                scored.problem
                    = "the target lies beyond the first " + std::to_string(limit) + " tokens";
            if (scored.problem.empty())
                encoded.targets.push_back({ static_cast<int>(scored.index) - 1,
                    encoded.ids[scored.index], scored.alternative });
            else
                task.dropped.push_back(
                    where + ", span " + std::to_string(i + 1) + ": " + scored.problem + ".");
        }
        encoded.ids.resize(std::min(encoded.ids.size(), limit));
        if (encoded.targets.empty())
            task.dropped.push_back(where + ": no target is left.");
        else
            task.examples.push_back(std::move(encoded));
    }
    return task;
}

} // namespace circuitloom
