// Answers DriftQuestion.
#include "core/engine/answers.h"

#include "core/base/error.h"
#include "core/tuning/part_drift.h"

#include <variant>

namespace circuitloom {

namespace {

Moved moved(const ParameterDrift& drift)
{
    return { drift.absolute(), drift.before() };
}

} // namespace

DriftAnswer answer(const DriftQuestion& question, const AnswerContext& context)
{
    const torch::NoGradGuard no_grad;
    const auto* moment = std::get_if<RunMoment>(&question.model);
    if (!moment)
        throw InputError(to_string(question.model)
            + " is no run's model: drift is how far a run moved its model from where it began. Name "
              "one as FILE.loom:R@I.");
    const SourcedModel now = context.model(question.model, question.compute);
    RunMoment start = *moment;
    start.kind = RunMoment::Kind::start;
    start.number = 0;
    const SourcedModel before = context.model(start, question.compute);
    context.tell("comparing with the untouched model", 0, 1);
    const ComputationalGraph graph(now.model->config().graph_shape(), now.run->graph);
    DriftAnswer answer;
    answer.model = now.shown;
    for (const PartDrift& part : part_drift(graph, *before.model, *now.model))
        answer.parts.push_back({ part.part, moved(part.drift) });
    answer.whole = together(answer.parts);
    return answer;
}

} // namespace circuitloom
