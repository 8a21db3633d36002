#pragma once

#include "ui/curves/plot_choices.h"

#include <functional>
#include <span>

class QMenu;

namespace circuitloom::ui {

/// A submenu for each group, with an action for each of its choices.
void add_plot_actions(QMenu& menu, std::span<const PlotGroup> groups,
    const std::function<void(const PlotChoice&)>& choose);

} // namespace circuitloom::ui
