#pragma once

#include "core/analysis/consensus.h"
#include "core/store/experiment_reader.h"

#include <filesystem>
#include <span>
#include <vector>

namespace circuitloom {

/// The circuits that are to agree: every one of a single run, or the last ones of several.
struct ConsensusSource
{
    std::vector<RunDescription> runs; ///< all of one graph
    std::vector<Circuit> circuits;
};

/// Throws InputError where a run is named twice, has no circuit yet or another graph than the first,
/// and what the reader does.
ConsensusSource read_consensus_source(
    const ExperimentReader& reader, std::span<const RunId> runs);

struct ConsensusRun
{
    RunId run;
    Consensus found;
};

/// Stores the consensus circuit of these runs of `file` there as a finished imported run of one
/// iteration; its notes say what it is. Throws InputError where the circuits agree on no edge,
/// ResourceError, and as read_consensus_source() does.
ConsensusRun write_consensus(
    const std::filesystem::path& file, std::span<const RunId> runs, double share);

} // namespace circuitloom
