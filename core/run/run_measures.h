#pragma once

#include "core/base/measure.h"
#include "core/run/discovery_options.h"
#include "core/store/records.h"

namespace circuitloom {

/// The measure of a metric that circuits are scored by.
const Measure& measure_of(MetricKind kind);

/// What the `metric` of a run's steps and iterations is. Where the run's configuration cannot be
/// read, of a newer version perhaps: a plain number, called "metric".
Measure metric_of(const RunDescription& run);

} // namespace circuitloom
