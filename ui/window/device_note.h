#pragma once

#include <chrono>

namespace circuitloom::ui {

class ExperimentSession;
class HeaderBar;

/// From now on the engine is asked what it can compute on, once it is there and whenever the header
/// wants to know, but not twice within `pause`; the header is told. Both are of one window.
void keep_devices_noted(ExperimentSession& session, HeaderBar& header,
    std::chrono::milliseconds pause = std::chrono::seconds(3));

} // namespace circuitloom::ui
