#pragma once

#include "core/evaluation/ablation_plan.h"
#include "core/evaluation/scored_batch.h"
#include "core/run/studies.h"
#include "core/store/experiment_reader.h"
#include "core/tasks/encoded_task.h"
#include "tests/support/ask_engine.h"
#include "tests/support/tiny_run.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::testing {

inline constexpr const char* metric = "logit-diff";

inline RunId tuned(const RunConfig& config, const std::filesystem::path& file)
{
    Watcher watcher;
    REQUIRE(tune(config, file, watcher) == RunState::finished);
    return watcher.run;
}

inline StudyQuestion about(const std::filesystem::path& file, RunId run, Study study)
{
    StudyQuestion question;
    question.file = file;
    question.run = run;
    question.study = std::move(study);
    question.compute.device = "cpu";
    return question;
}

inline int graph_edges(const RunConfig& config)
{
    ModelSource source;
    return static_cast<int>(ComputationalGraph(
        source.get(config.model, exact).model->config().graph_shape(), config.graph)
                                .edges()
                                .size());
}

/// By place, so that the order in which they were computed does not matter.
inline std::map<std::string, double> by_place(const std::vector<StudyFigure>& figures)
{
    std::map<std::string, double> found;
    for (const StudyFigure& one : figures)
        found[std::to_string(one.source) + " " + std::to_string(one.target) + " " + one.series + " "
            + std::to_string(one.draw) + " " + one.suite + " " + one.measure]
            = one.value;
    return found;
}

/// A literal two-pass run of a task's examples with only `kept`, ablated at the target positions to
/// the mean over all their tokens: the mean logit difference.
inline double literal_metric(const Transformer& model, const ComputationalGraph& graph,
    const EdgeSet& kept, const std::vector<EncodedExample>& task)
{
    std::vector<const EncodedExample*> all;
    for (const EncodedExample& example : task)
        all.push_back(&example);
    const ScoredBatch batch = make_batch(all, torch::kCPU, torch::kFloat64);
    torch::Tensor where = torch::zeros_like(batch.mask, torch::kFloat64);
    for (std::size_t b = 0; b < task.size(); ++b)
        for (const ScoredTarget& target : task[b].targets)
            where[static_cast<std::int64_t>(b)][target.position] = 1;
    const auto baselines
        = written_baselines(model, graph, Baseline::mean, batch.ids, batch.mask, {});
    const auto logits
        = patched_logits(model, graph, kept, batch.ids, where.unsqueeze(-1), baselines);
    double total = 0;
    for (std::size_t b = 0; b < task.size(); ++b)
        for (const ScoredTarget& target : task[b].targets) {
            const auto at = logits[static_cast<std::int64_t>(b)][target.position];
            total += (at[target.target] - at[target.alternative]).item<double>()
                / static_cast<double>(task[b].targets.size() * task.size());
        }
    return total;
}

/// What the run stored of an evaluation.
inline double stored(const std::filesystem::path& file, RunId run, int step,
    const std::string& suite, const std::string& measure)
{
    for (const EvaluationRecord& record : ExperimentReader(file).evaluations(run))
        if (record.step == step && record.suite == suite && record.measure == measure)
            return record.value;
    FAIL("no such evaluation");
    return 0;
}

} // namespace circuitloom::testing
