#pragma once

#include "ui/curves/plot_content.h"

#include <span>

namespace circuitloom::ui {

/// Plots of one measure beside each other have one scale, so that heights can be compared.
void share_scale(std::span<PlotContent> plots);

} // namespace circuitloom::ui
