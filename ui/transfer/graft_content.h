#pragma once

#include "core/run/studies.h"
#include "ui/transfer/figure_text.h"
#include "ui/transfer/graft_chart.h"

#include <vector>

namespace circuitloom::ui {

/// One measure over the share of the change that is kept, a line for each way of choosing it.
GraftChart::Content graft_content(const GraftStudy& study, const std::vector<StudyFigure>& figures,
    const SuiteMeasure& measure, const Theme& theme);

} // namespace circuitloom::ui
