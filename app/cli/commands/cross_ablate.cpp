#include "app/cli/commands/cross_ablate.h"

#include "app/cli/commands/ask.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/study_report.h"

#include <variant>

namespace circuitloom {

namespace {

constexpr int usual_edges = 100;

}

CrossAblateReport cross_ablate(const EvaluateRequest& request, const CrossAblateOptions& options)
{
    CrossAblationStudy study;
    study.tasks = options.tasks;
    study.top_n = request.top_n > 0 ? request.top_n : usual_edges;
    study.discovery.metric = request.metric;
    study.discovery.baseline = request.baseline.value_or(Baseline::mean);
    study.discovery.positions = request.positions.value_or(ScoredPositions::target);
    study.random_draws = options.random_draws;
    study.examples = request.examples;
    study.batch = request.batch;
    study.max_tokens = request.max_tokens;
    study.seed = request.seed;
    StudyQuestion question;
    question.model = parse_model_reference(request.model);
    if (const auto* moment = std::get_if<RunMoment>(&question.model)) {
        question.file = moment->file;
        question.run = moment->run;
    }
    question.study = study;
    question.compute.device = request.device;
    if (request.dtype != Precision::float32)
        question.compute.dtype = request.dtype;
    question.memory_bytes = request.memory_bytes;
    const auto answer = std::get<StudyAnswer>(ask(question));
    tell_remarks(answer.dropped, answer.notes);
    return { study_report(answer, question), study_report_json(answer, question),
        study_report_csv(answer) };
}

} // namespace circuitloom
