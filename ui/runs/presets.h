#pragma once

#include <QString>

#include <vector>

namespace circuitloom::ui {

/// A ready-made run as the user reads it.
struct PresetChoice
{
    std::string name; ///< for preset()
    QString title;
    QString sentence; ///< what the run does
};

/// The first one is the demo.
std::vector<PresetChoice> preset_choices();

} // namespace circuitloom::ui
