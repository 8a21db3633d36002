#pragma once

#include "app/gui/export_options.h"
#include "core/store/experiment_reader.h"

namespace circuitloom {

/// Writes the chart of the file's finished runs by the value of a setting. Throws InputError naming
/// the settings or measures there are, ResourceError where it cannot be written.
void export_sweep_chart(const ExportOptions& options, const ExperimentReader& reader);

} // namespace circuitloom
