#pragma once

#include "ui/curves/plot_content.h"

#include <QString>

namespace circuitloom::ui {

struct RunHistory;

/// A plot of shares over the steps of a run, from 0, without its lines.
PlotContent share_course(const QString& title, const RunHistory* run);

} // namespace circuitloom::ui
