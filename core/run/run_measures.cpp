#include "core/run/run_measures.h"

#include "core/base/error.h"
#include "core/run/run_config.h"

namespace circuitloom {

const Measure& measure_of(MetricKind kind)
{
    return task_metrics()[static_cast<std::size_t>(kind)];
}

Measure measure_of(std::string_view suite, std::string_view name)
{
    const bool of_task = suite == task_suite && name == measures::accuracy.name;
    return of_task ? measures::prefers_target : measure_named(name);
}

std::string table_name(std::string_view suite, std::string_view measure)
{
    if (suite == task_suite && measure == measures::accuracy.name)
        return "prefers the target";
    return measure == measures::exact_token.name ? "exact next token" : std::string(measure);
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
