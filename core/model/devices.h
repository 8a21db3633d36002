#pragma once

#include "core/run/compute_devices.h"

namespace circuitloom {

/// What there is. Asking for a card's free memory makes a context on it (some hundred MB, until the
/// program ends).
Devices devices();

} // namespace circuitloom
