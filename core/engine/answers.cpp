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

Answer answer(const Question& question, const AnswerContext& context)
{
    return std::visit(
        [&context](const auto& asked) -> Answer { return answer(asked, context); }, question);
}

} // namespace circuitloom
