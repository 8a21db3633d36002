#include "core/engine/checkpoint_export.h"

#include "core/base/error.h"
#include "core/engine/export_model.h"
#include "core/formats/result_file.h"
#include "core/formats/safetensors.h"
#include "core/model/checkpoint.h"
#include "core/model/stored_order.h"
#include "core/tuning/tuned_model.h"

#include <map>

namespace circuitloom {

namespace {

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
    const TunedModel tuned = tuned_model(ExperimentReader(file), run, checkpoint);
    require_elsewhere(model_places(tuned.description.model), directory);
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (part == ExportedPart::difference) {
        write_difference(tuned.untouched(), tuned.model, directory / "difference.safetensors", type,
            tuned.description.model_fingerprint);
        return;
    }
    write_tokenizer(tuned.files, directory);
    save_transformer(tuned.model, directory, type);
}

} // namespace circuitloom
