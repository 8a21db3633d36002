#pragma once

#include "core/analysis/study_table.h"
#include "core/run/studies.h"
#include "ui/transfer/graft_chart.h"
#include "ui/transfer/matrix_view.h"

#include <QString>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// What a run's file has of one kind of study, or an answer gave.
template <class Kind>
struct ShownStudy
{
    Kind study;
    std::vector<StudyFigure> figures;
};

/// What the panel shows of one run.
struct RunStudies
{
    std::optional<ShownStudy<TransferStudy>> transfer;
    CircuitLikeness likeness; ///< of the circuits of `transfer`
    std::optional<ShownStudy<GraftStudy>> graft;
};

/// The studies of a run that were begun last. Throws as ExperimentReader does. For any thread.
RunStudies read_studies(const std::filesystem::path& file, RunId run);
/// How alike the circuits of a transfer within one run are. For any thread.
CircuitLikeness read_likeness(
    const std::filesystem::path& file, RunId run, const TransferStudy& study);

/// f of every pair, with the random circuits' in the sentences.
MatrixView::Content faithfulness_content(const ShownStudy<TransferStudy>& shown);
MatrixView::Content likeness_content(
    const ShownStudy<TransferStudy>& shown, const CircuitLikeness& likeness);

/// What a graft was measured in: suite and measure, the task's first, without second readings.
std::vector<std::pair<std::string, std::string>> graft_measures(
    const ShownStudy<GraftStudy>& shown);
/// What a list calls one of them.
QString measure_title(const std::pair<std::string, std::string>& measure);
GraftChart::Content graft_content(const ShownStudy<GraftStudy>& shown,
    const std::pair<std::string, std::string>& measure, const Theme& theme);

/// How many figures of a transfer are there, and how many there are to be.
std::pair<int, int> cells_there(const ShownStudy<TransferStudy>& shown);

} // namespace circuitloom::ui
