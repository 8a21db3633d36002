// Answers StudyQuestion.
#include "core/engine/answers.h"

#include "core/engine/study_kinds.h"

#include <variant>

namespace circuitloom {

StudyAnswer answer(const StudyQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    return std::visit(
        [&](const auto& study) { return answer_study(study, question, context); }, question.study);
}

} // namespace circuitloom
