#pragma once

#include "core/store/experiment_reader.h"

#include <string>

namespace circuitloom {

/// The curves of a run as one of TensorBoard's event files, in the order of their steps: loss, metric
/// and learning rate of every step; tunable share, edges and turnover of every iteration; every figure
/// of every suite. Tags are as in `train/loss`, `circuit/turnover`, `facts/accuracy`. Wall time is the
/// run's beginning and what its iterations took. What is not known, or no number, is left out. Throws
/// as ExperimentReader does.
std::string run_to_events(const ExperimentReader& reader, const RunSummary& run);

/// TensorBoard knows an event file by its name, and takes each folder for a run: `RUN-NAME/NAME`, of
/// letters that any system takes.
std::string event_file_name(const RunSummary& run);

} // namespace circuitloom
