#pragma once

#include "core/model/model_config.h"
#include "core/run/run_config.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace circuitloom {

/// What a run is going to take, before it starts. The sizes are upper estimates, good to a factor
/// of about two: what is to be known is whether the run fits.
struct RunEstimate
{
    std::int64_t parameters = 0; ///< entries of the model
    std::int64_t edges = 0; ///< of its graph
    int iterations = 0; ///< circuits that are stored
    std::int64_t memory = 0; ///< bytes on the device, at the most
    std::int64_t file = 0; ///< bytes that the experiment grows by, checkpoints aside
};

/// `positions`: tokens of the longest example where that is known; RunConfig::max_tokens bounds it.
///
/// Memory: the weights; one tensor of momentum for each that may change; the gradients of all of
/// them for the method that changes all; what a batch's forward pass keeps (kept_per_token()), with
/// its logits, their softmax and their gradient; and the sums that score the edges.
/// File: for each iteration its circuit and its row, for each step a row, for each evaluation a row
/// for each measure; the catalogue of nodes and edges, which runs on the same graph share.
RunEstimate estimate_run(
    const RunConfig& config, const ModelConfig& model, std::optional<int> positions = {});

/// A run that was timed.
struct TimedRun
{
    RunConfig config;
    double seconds_per_step = 0; ///< evaluations included
};

struct TimeEstimate
{
    double seconds = 0;
    std::string run; ///< the one it follows from
    bool alike = true; ///< whether that one differs in nothing that matters for the time
};

/// From the latest timed run of the same model that is alike, else from the latest of the same
/// model, in proportion to the batch. Nothing where none was timed.
std::optional<TimeEstimate> estimate_time(
    const RunConfig& config, std::span<const TimedRun> timed);

} // namespace circuitloom
