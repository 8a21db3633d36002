#pragma once

#include "core/store/experiment_reader.h"

#include <span>
#include <string>

namespace circuitloom {

/// How a table of runs is written.
enum class TableFormat
{
    text,
    csv, ///< numbers with all their digits, as in TSV; the others are for people
    tsv,
    markdown,
    latex,
    json
};

/// A line for each combination of the settings in which these runs differ: mean ± standard deviation
/// over the runs of it (its seeds) of the share of the parameters that could change, what the task
/// came to, and the mean accuracy of the capabilities. JSON has each run's own values too. Imported runs,
/// which have no settings, are left out, and runs that have not finished, whose last figures are those
/// of a shorter training. Throws
/// InputError where a run's configuration is damaged.
std::string settings_table(
    const ExperimentReader& reader, std::span<const RunId> runs, TableFormat format);
/// A line that names the runs which it leaves out because they have not finished; empty for none.
std::string unfinished_runs_text(const ExperimentReader& reader, std::span<const RunId> runs);

} // namespace circuitloom
