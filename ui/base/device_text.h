#pragma once

#include "core/run/compute_devices.h"

#include <QString>

#include <string>

namespace circuitloom::ui {

/// As in "NVIDIA H200 (cuda:0): 150.1 GB of memory, 148.2 GB free, compute capability 9.0".
QString device_text(const ComputeDevice& device);
/// What the engine calls its device, as in "CPU · 2 threads" or "cuda:0 (NVIDIA H200)".
QString device_label(const std::string& named_by_engine);
/// All of them, a line each, then which one `auto` takes and why.
QString devices_text(const Devices& devices);

} // namespace circuitloom::ui
