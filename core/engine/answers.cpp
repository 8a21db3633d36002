#include "core/engine/answers.h"

#include "core/base/error.h"

#include <variant>

namespace circuitloom {

void AnswerContext::tell(const std::string& what, int done, int total) const
{
    if (progress)
        progress(what, done, total);
    if (stop.stop_requested())
        throw Cancelled("The question was called off.");
}

std::function<void(std::int64_t done, std::int64_t total)> telling_of_means(
    const AnswerContext& context)
{
    return [&context](std::int64_t done, std::int64_t total) {
        context.tell("taking means over the task", static_cast<int>(done), static_cast<int>(total));
    };
}

std::function<void(std::int64_t done, std::int64_t total)> telling_of_circuits(
    const AnswerContext& context)
{
    return [&context](std::int64_t done, std::int64_t total) {
        context.tell("running circuits", static_cast<int>(done), static_cast<int>(total));
    };
}

Answer answer(const Question& question, const AnswerContext& context)
{
    return std::visit(
        [&context](const auto& asked) -> Answer { return answer(asked, context); }, question);
}

} // namespace circuitloom
