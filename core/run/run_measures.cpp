#include "core/run/run_measures.h"

#include "core/base/error.h"
#include "core/run/run_config.h"

namespace circuitloom {

const Measure& measure_of(MetricKind kind)
{
    return task_metrics()[static_cast<std::size_t>(kind)];
}

Measure metric_of(const RunDescription& run)
{
    try {
        return measure_of(run_config_from_json(run.configuration).discovery.metric);
    } catch (const Error&) {
        Measure unknown = measure_named("metric");
        unknown.title = "Task metric";
        return unknown;
    }
}

} // namespace circuitloom
