#pragma once

#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"
#include "ui/curves/curve_data.h"
#include "ui/timeline/timeline_marks.h"

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// All of one run that is kept in memory: everything but the circuits' edges.
struct RunHistory
{
    RunSummary summary;
    RunConfig config; ///< the defaults where the file's cannot be read
    std::vector<IterationRecord> iterations;
    std::vector<MarkRecord> marks;
    std::vector<CheckpointRecord> checkpoints;
    std::vector<Bookmark> bookmarks;
    std::shared_ptr<CurveData> curves = std::make_shared<CurveData>();
    std::shared_ptr<const ComputationalGraph> graph;
};

RunHistory load_history(const ExperimentReader& reader, const RunSummary& summary);
/// Wall time of a step, evaluations included; not a number where it is not known.
double seconds_per_step(const RunHistory& run);
TimelineMarks timeline_marks(const RunHistory& run);
std::vector<int> iteration_steps(const RunHistory& run);

} // namespace circuitloom::ui
