#pragma once

#include "core/base/measure.h"
#include "core/run/discovery_options.h"
#include "core/store/records.h"

#include <string>
#include <string_view>

namespace circuitloom {

/// The measure of a metric that circuits are scored by.
const Measure& measure_of(MetricKind kind);

/// What a suite was measured in. The held-out task's `accuracy` is measures::prefers_target. Names
/// that this version does not know as measure_named(), so `name` must outlive the result.
Measure measure_of(std::string_view suite, std::string_view name);
/// What tables call it: the measure's name, but of a task in words what its shares are of.
std::string table_name(std::string_view suite, std::string_view measure);

/// What the `metric` of a run's steps and iterations is. Where the run's configuration cannot be
/// read, of a newer version perhaps: a plain number, called "metric".
Measure metric_of(const RunDescription& run);

} // namespace circuitloom
