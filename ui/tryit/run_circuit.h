#pragma once

#include "ui/panels/panel_context.h"

#include <QString>

#include <optional>

namespace circuitloom::ui {

/// The circuit of one of a run's iterations, to be left alone, and in words what that means.
struct RunCircuit
{
    std::optional<CircuitAlone> alone; ///< nothing where there is none
    QString note; ///< empty where nothing is known of the run
};

/// `run` may be null. What is ablated carries what it does in the run's discoveries; where that is
/// a corrupted prompt, which a text has not, its mean over the task.
RunCircuit circuit_of(const RunHistory* run, const RunMoment& moment);

} // namespace circuitloom::ui
