#pragma once

namespace circuitloom::ui {

class ExperimentSession;
class HeaderBar;

/// From now on the engine is asked what it can compute on, once it is there and whenever the header
/// wants to know, but not twice within some seconds; the header is told. Both are of one window.
void keep_devices_noted(ExperimentSession& session, HeaderBar& header);

} // namespace circuitloom::ui
