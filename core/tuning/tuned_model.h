#pragma once

#include "core/architecture/model_files.h"
#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/lora.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace circuitloom {

/// A model as a run had made it at one of its checkpoints, on the CPU.
struct TunedModel
{
    RunDescription description;
    CheckpointRecord checkpoint;
    ModelFiles files; ///< of the untouched model
    Transformer model;
    std::vector<LoraAdapter::Addition> additions; ///< of TuningMethod::lora

    /// The model that the run began with, in the same type.
    Transformer untouched() const;
};

/// The latest checkpoint without `checkpoint`. Throws InputError where the run has no such
/// checkpoint, or the untouched model is no longer the one that the run began with.
TunedModel tuned_model(
    const ExperimentReader& reader, RunId run, std::optional<std::int64_t> checkpoint);

} // namespace circuitloom
