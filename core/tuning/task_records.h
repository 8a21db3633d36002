#pragma once

#include "core/evaluation/task_evaluation.h"
#include "core/run/discovery_options.h"
#include "core/store/records.h"

#include <vector>

namespace circuitloom {

/// What a run stores of its held-out task at `step`: both kinds of accuracy, the metric that its
/// circuits are scored by, and, where every target has an alternative, the logit difference
/// whatever the metric, so that runs can be compared.
std::vector<EvaluationRecord> task_records(const TaskResult& task, MetricKind metric, int step);

} // namespace circuitloom
