#pragma once

#include "core/analysis/study_table.h"
#include "core/run/studies.h"
#include "ui/transfer/matrix_view.h"

#include <vector>

namespace circuitloom::ui {

/// f of every pair of iterations, with the random circuits' in the sentences.
MatrixView::Content faithfulness_content(
    const TransferStudy& study, const std::vector<StudyFigure>& figures);
/// How alike the circuits of every pair are; empty where `likeness` is of another study.
MatrixView::Content likeness_content(const TransferStudy& study, const CircuitLikeness& likeness);

} // namespace circuitloom::ui
