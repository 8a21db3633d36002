#pragma once

#include "core/run/studies.h"
#include "ui/transfer/matrix_view.h"

#include <QStringList>

#include <vector>

namespace circuitloom::ui {

/// For every pair of tasks how far ablating the row's circuit changes the column's metric, in units
/// of how far random circuits of as many edges change it.
MatrixView::Content cross_ablation_content(
    const CrossAblationStudy& study, const std::vector<StudyFigure>& figures);

/// The same as rows of a table: whose circuit, whose metric, in units of random circuits, the
/// metric of the whole model, without the circuit, without random ones.
std::vector<QStringList> cross_ablation_rows(
    const CrossAblationStudy& study, const std::vector<StudyFigure>& figures);

} // namespace circuitloom::ui
