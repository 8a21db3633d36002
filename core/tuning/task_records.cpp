#include "core/tuning/task_records.h"

#include "core/run/run_measures.h"

#include <cmath>
#include <string>

namespace circuitloom {

std::vector<EvaluationRecord> task_records(const TaskResult& task, MetricKind metric, int step)
{
    std::vector<EvaluationRecord> records;
    const auto add = [&](const Measure& measure, double value) {
        records.push_back(
            { step, std::string(task_suite), std::string(measure.name), value, task.examples });
    };
    add(measures::accuracy, task.accuracy);
    add(measures::exact_token, task.exact);
    if (!std::isnan(task.logit_difference))
        add(measures::logit_diff, task.logit_difference);
    if (metric != MetricKind::logit_diff)
        add(measure_of(metric), task.metric);
    return records;
}

} // namespace circuitloom
