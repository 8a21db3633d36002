#pragma once

#include "core/report/report.h"

#include <string>

namespace circuitloom {

// Parts of the page as HTML; every text in them is escaped.

/// What was asked: model, task, method of each run, and every setting in which one of the runs
/// differs from the defaults.
std::string asked_table(const Report& report);
/// final_figures() as a table.
std::string figures_table(const Report& report);
/// The strongest edges of the last circuit, and which edges entered and left since the first.
std::string edge_tables(const ReportRun& run);
/// How to make the run again: the command, the settings in full, the model's fingerprint, versions.
/// Of an imported run, where its circuits come from.
std::string reproduction(const ReportRun& run);

/// How the page calls a run, as in `circuit, seed 1`, with its number where another one of the
/// report has the same name; escaped.
std::string run_title(const Report& report, const ReportRun& run);

} // namespace circuitloom
