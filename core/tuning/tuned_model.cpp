#include "core/tuning/tuned_model.h"

#include "core/base/error.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/tuning/training_state.h"
#include "core/tuning/tuner.h"

#include <utility>

namespace circuitloom {

namespace {

std::int64_t chosen_checkpoint(
    const ExperimentReader& reader, RunId run, std::optional<std::int64_t> id)
{
    const auto all = reader.checkpoints(run);
    if (all.empty() && !id)
        throw InputError("Run " + std::to_string(run.value) + " of " + reader.file().string()
            + " has no checkpoint, so its weights are not in the file.");
    return id ? *id : all.back().id;
}

} // namespace

Transformer TunedModel::untouched() const
{
    return load_transformer(files, model.device(), model.dtype());
}

TunedModel tuned_model(
    const ExperimentReader& reader, RunId run, std::optional<std::int64_t> checkpoint)
{
    const RunDescription description = reader.run(run).description;
    require_tuned(description);
    const RunConfig config = config_of(description);
    const std::int64_t chosen = chosen_checkpoint(reader, run, checkpoint);
    ModelFiles files = open_model_files(config.model);
    if (model_fingerprint(files) != description.model_fingerprint)
        throw InputError("The model " + config.model + " is not the one that run "
            + std::to_string(run.value) + " began with: its files have changed.");

    const torch::Device cpu = torch::kCPU;
    // Nothing is computed, so the CPU need not be able to in this type.
    const auto dtype
        = config.dtype == Precision::bfloat16 ? torch::kBFloat16 : compute_type(config.dtype, cpu);
    Transformer model = load_transformer(files, cpu, dtype);
    const ComputationalGraph graph(description.shape, description.graph);
    Tuner tuner(model, graph, config);
    const StoredCheckpoint stored
        = reader.checkpoint(run, chosen, largest_checkpoint(model, config));
    restore_from(stored, [&](const TrainingState& state) { tuner.restore(state); });
    std::vector<LoraAdapter::Addition> additions;
    if (const LoraAdapter* adapter = tuner.adapter())
        additions = adapter->additions();
    return { description, stored.record, std::move(files), std::move(model), std::move(additions) };
}

} // namespace circuitloom
