#pragma once

#include "core/run/compute_devices.h"

#include <QString>

namespace circuitloom::ui {

/// As in "NVIDIA H200 (cuda:0): 150.1 GB of memory, 148.2 GB free, compute capability 9.0".
QString device_text(const ComputeDevice& device);
/// All of them, a line each, then which one `auto` takes and why.
QString devices_text(const Devices& devices);

} // namespace circuitloom::ui
