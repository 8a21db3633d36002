#pragma once

#include "core/store/experiment_reader.h"

#include <span>
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

/// What the runs' steps are measured in, as in "logit-diff"; "metric" where they differ in that.
std::string metric_name(std::span<const RunSummary> runs);
/// As in "3.10" under the heading that metric_name() gives; as in "3.10 (logit-diff)" under another
/// one; "-" of a run that has none yet.
std::string last_metric(const RunSummary& run, const std::string& heading);

/// As in "4 layers, 8 heads, MLP groups of 32, full".
std::string graph_text(const RunDescription& run);

} // namespace circuitloom
