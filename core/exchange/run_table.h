#pragma once

#include "core/store/experiment_reader.h"

#include <functional>
#include <string_view>

namespace circuitloom {

/// Takes a text in pieces, one after another.
using TextSink = std::function<void(std::string_view)>;

/// Every edge of every circuit of a run as one table (RFC 4180): a row for each edge of each
/// iteration, the strongest first, under `iteration,step,rank,source,target,score`; ranks count from 1.
/// It is read and handed over some circuits at a time, so a long run takes no more memory than a short
/// one. Throws as ExperimentReader does.
void write_run_table(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink);

} // namespace circuitloom
