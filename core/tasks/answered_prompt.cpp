#include "core/tasks/answered_prompt.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace circuitloom {

ForeignExample example_of(const AnsweredPrompt& answered, const std::string& where)
{
    const auto is_empty = [](const std::string& text) { return text.empty(); };
    if (answered.answer.empty() || std::ranges::any_of(answered.alternatives, is_empty))
        return { {}, { { where, "the answer or its alternative is empty" } } };
    ForeignExample read;
    read.example.text = answered.prompt + answered.answer;
    if (answered.corrupted)
        read.example.corrupted = *answered.corrupted + answered.answer;
    const std::size_t prompt = character_offsets(answered.prompt).size() - 1;
    const std::size_t answer = character_offsets(answered.answer).size() - 1;
    TaskSpan span{ static_cast<int>(prompt), static_cast<int>(prompt + answer), std::nullopt };
    if (answered.alternatives.empty())
        read.example.spans.push_back(span);
    for (const std::string& alternative : answered.alternatives) {
        span.alternative = alternative;
        read.example.spans.push_back(span);
    }
    return read;
}

} // namespace circuitloom
