#pragma once

#include "core/engine/model_source.h"
#include "core/evaluation/suite_scoring.h"
#include "core/run/run_config.h"
#include "core/tasks/encoded_task.h"

#include <functional>
#include <string>
#include <vector>

namespace circuitloom {

/// Measures models as a run evaluates its own: on its held-out task (the task itself where it has
/// none) and on its suites, on as many items of each.
class RunEvaluation
{
public:
    /// `sourced` is any of the run's models. Throws InputError where a file of the configuration
    /// cannot be read or used.
    RunEvaluation(const RunConfig& config, const SourcedModel& sourced);

    /// task_records(), then every suite's. `untouched` is what the metric kl compares with.
    /// `before_batch` may throw, which ends it.
    std::vector<EvaluationRecord> of(const Transformer& model, const Transformer& untouched,
        const std::function<void()>& before_batch) const;

    const std::vector<std::string>& dropped() const { return task_.dropped; }
    const std::vector<std::string>& notes() const { return task_.notes; }

private:
    MetricKind metric_;
    int batch_;
    EncodedTask task_;
    std::vector<PreparedSuite> suites_;
};

} // namespace circuitloom
