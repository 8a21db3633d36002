#pragma once

#include "core/store/experiment_reader.h"

#include <string>

namespace circuitloom {

/// What a person wants to know of one run: what it was, how far it came, and every suite before
/// and after.
std::string run_report(const ExperimentReader& reader, RunId run);
/// The same with every iteration and evaluation, as a JSON object.
std::string run_report_json(const ExperimentReader& reader, RunId run);

/// All runs of a file, a line (an object of an array) each.
std::string run_list(const ExperimentReader& reader);
std::string run_list_json(const ExperimentReader& reader);

/// As in "3.10 (logit-diff)", of a run that has one.
std::string last_metric(const RunSummary& run);

/// As in "4 layers, 8 heads, MLP groups of 32, full".
std::string graph_text(const RunDescription& run);

} // namespace circuitloom
