#pragma once

#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"
#include "ui/session/curve_data.h"

#include <memory>
#include <optional>
#include <vector>

namespace circuitloom::ui {

/// All of one run that is kept in memory: everything but the circuits' edges.
struct RunHistory
{
    RunSummary summary;
    RunConfig config; ///< the defaults where the file's cannot be read
    std::vector<IterationRecord> iterations;
    /// Of the iterations that were resampled, in their order.
    std::vector<IterationCertainty> certainties;
    std::vector<MarkRecord> marks;
    std::vector<CheckpointRecord> checkpoints;
    std::vector<Bookmark> bookmarks;
    std::shared_ptr<CurveData> curves = std::make_shared<CurveData>();
    /// One of its own for each history that is read, so that a run that was written anew is told
    /// from what it was before.
    std::shared_ptr<const ComputationalGraph> graph;
    bool complete = false; ///< all that was written before it was opened has been read
};

/// How far the history of a run has been read.
struct HistoryPosition
{
    int iterations = 0; ///< how many
    int step = 0; ///< the last one that is known
    int evaluated = -1; ///< the last step whose evaluations are known
};

/// What a file holds of a run beyond a position. What is few, or may change, comes whole.
struct RunNews
{
    RunSummary summary;
    std::vector<IterationRecord> iterations;
    std::vector<IterationCertainty> certainties;
    std::vector<StepRecord> steps;
    std::vector<EvaluationRecord> evaluations;
    std::vector<MarkRecord> marks;
    std::vector<CheckpointRecord> checkpoints;
    std::vector<Bookmark> bookmarks;
};

/// Null where it is not there.
template <class Runs>
auto find_run(Runs& runs, RunId id) -> decltype(runs.data())
{
    for (auto& run : runs)
        if (run.summary.id == id)
            return &run;
    return nullptr;
}

/// A run of which nothing but its summary was read.
RunHistory history_of(const RunSummary& summary);
HistoryPosition position_of(const RunHistory& run);
/// Throws Error.
RunNews read_news(const ExperimentReader& reader, RunId run, const HistoryPosition& from);
/// The only way in which a history grows. Records that it has already are not taken twice.
void append(RunHistory& run, const RunNews& news);

/// The whole history: all news of an empty one. Throws Error.
RunHistory load_history(const ExperimentReader& reader, const RunSummary& summary);

/// Wall time of a step, evaluations included; not a number where it is not known.
double seconds_per_step(const RunHistory& run);
std::vector<int> iteration_steps(const RunHistory& run);
/// Of that iteration; nothing where its circuit was not resampled.
std::optional<CircuitStability> stability_at(
    const std::vector<IterationCertainty>& certainties, int iteration);

} // namespace circuitloom::ui
