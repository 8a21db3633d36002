#include "core/tuning/early_stop.h"

#include "core/base/measure.h"
#include "core/base/number_text.h"

#include <cmath>

namespace circuitloom {

EarlyStop::EarlyStop(const RunConfig& config)
    : measure_(config.stop_measure)
    , reach_(config.stop_reach)
    , patience_(config.stop_patience)
{
}

std::string EarlyStop::add(const std::vector<EvaluationRecord>& records)
{
    for (const EvaluationRecord& record : records) {
        if (record.suite + "." + record.measure != measure_ || std::isnan(record.value))
            continue;
        const Measure measure = measure_named(record.measure);
        if (reach_ != 0 && !is_better(measure, reach_, record.value))
            return measure_ + " reached " + significant(reach_, 6);
        if (!state_.best || is_better(measure, record.value, *state_.best)) {
            state_ = { record.value, 0 };
        } else if (++state_.without_better >= patience_ && patience_ > 0) {
            return measure_ + " is no better after " + std::to_string(patience_) + " evaluations";
        }
    }
    return {};
}

} // namespace circuitloom
