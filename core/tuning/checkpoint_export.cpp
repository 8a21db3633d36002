#include "core/tuning/checkpoint_export.h"

#include "core/base/error.h"
#include "core/formats/safetensors.h"
#include "core/model/checkpoint.h"
#include "core/model/device.h"
#include "core/model/export.h"
#include "core/model/stored_order.h"
#include "core/tuning/tuner.h"

#include <map>

namespace circuitloom {

namespace {

StoredCheckpoint chosen_checkpoint(
    const ExperimentReader& reader, RunId run, std::optional<std::int64_t> id)
{
    if (id)
        return reader.checkpoint(run, *id);
    const auto all = reader.checkpoints(run);
    if (all.empty())
        throw InputError("Run " + std::to_string(run.value) + " of " + reader.file().string()
            + " has no checkpoint, so its weights are not in the file.");
    return reader.checkpoint(run, all.back().id);
}

torch::Dtype written_type(ElementType type)
{
    return type == ElementType::f16 ? torch::kFloat16
        : type == ElementType::bf16 ? torch::kBFloat16
                                    : torch::kFloat32;
}

// The tensors that differ, in the names, shapes and order of the model's own file.
void write_difference(const Transformer& before, const Transformer& after,
    const std::filesystem::path& file, ElementType type, const std::string& fingerprint)
{
    const ModelConfig& config = after.config();
    Weights old_weights = before.weights();
    Weights new_weights = after.weights();
    std::vector<StoredTensor> changed;
    std::vector<TensorView> described;
    for (const StoredTensor& stored : stored_tensors(config)) {
        if (torch::equal(in_stored_order(old_weights.at(stored.place), stored, config),
                in_stored_order(new_weights.at(stored.place), stored, config)))
            continue;
        changed.push_back(stored);
        described.push_back({ stored.name, type, stored_shape(config, stored), {} });
    }
    torch::Tensor current;
    const auto bytes_of = [&](std::size_t index) -> std::span<const std::byte> {
        current = in_stored_order(new_weights.at(changed[index].place), changed[index], config)
                      .detach()
                      .to(torch::kCPU, written_type(type))
                      .contiguous();
        return { static_cast<const std::byte*>(current.data_ptr()), current.nbytes() };
    };
    write_safetensors(file, described, bytes_of,
        { { "format", "pt" }, { "base_model_fingerprint", fingerprint } });
}

} // namespace

void export_tuned_model(const std::filesystem::path& file, RunId run,
    std::optional<std::int64_t> checkpoint, const std::filesystem::path& directory,
    ElementType type, ExportedPart part)
{
    const ExperimentReader reader(file);
    const RunDescription description = reader.run(run).description;
    const StoredCheckpoint stored = chosen_checkpoint(reader, run, checkpoint);
    const RunConfig config = run_config_from_json(description.configuration);
    const ModelFiles files = open_model_files(config.model);
    if (model_fingerprint(files) != description.model_fingerprint)
        throw InputError("The model " + config.model + " is not the one that run "
            + std::to_string(run.value) + " began with: its files have changed.");
    std::error_code error;
    if (std::filesystem::equivalent(files.origin, directory, error))
        throw InputError(
            "The untouched model lies in " + directory.string() + "; give another directory.");

    const torch::Device cpu = torch::kCPU;
    // Nothing is computed, so the CPU need not be able to in this type.
    const auto dtype
        = config.dtype == Precision::bfloat16 ? torch::kBFloat16 : compute_type(config.dtype, cpu);
    Transformer model = load_transformer(files, cpu, dtype);
    const ComputationalGraph graph(description.shape, description.graph);
    Tuner tuner(model, graph, config);
    tuner.restore(unpack(stored));
    std::filesystem::create_directories(directory, error);
    if (part == ExportedPart::difference) {
        write_difference(load_transformer(files, cpu, dtype), model,
            directory / "difference.safetensors", type, description.model_fingerprint);
        return;
    }
    save_transformer(model, directory, type);
    write_tokenizer(files, directory);
}

} // namespace circuitloom
