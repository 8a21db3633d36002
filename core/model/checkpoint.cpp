#include "core/model/checkpoint.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/model/stored_weights.h"
#include "core/model/weight_names.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

namespace circuitloom {

namespace {

std::string shape_text(c10::IntArrayRef shape)
{
    std::ostringstream text;
    text << shape;
    return text.str();
}

// Some exporters leave out the outermost module's name.
const TensorView* find_weight(const WeightFiles& file, const std::string& name)
{
    if (const auto* found = file.find(name))
        return found;
    const auto dot = name.find('.');
    return dot == std::string::npos ? nullptr : file.find(name.substr(dot + 1));
}

// The part of our tensor that a stored one fills, in the stored arrangement; shares memory.
torch::Tensor place_of(const StoredTensor& entry)
{
    const auto part = entry.tensor->narrow(-1, entry.column, entry.columns);
    return entry.transposed ? part.t() : part;
}

} // namespace

Transformer load_transformer(const ModelFiles& files, torch::Device device, torch::Dtype dtype)
{
    const ModelConfig config = parse_model_config(files.config_json, files.origin);
    Weights weights = empty_weights(config, torch::kCPU, dtype);
    for (const auto& entry : stored_tensors(config, weights)) {
        const TensorView* view = find_weight(files.weights, entry.name);
        if (!view)
            throw InputError(files.origin + ": the weights lack the tensor " + entry.name
                + " that config.json calls for.");
        auto place = place_of(entry);
        if (place.sizes() != c10::IntArrayRef(view->shape))
            throw InputError(files.origin + ": the tensor " + entry.name + " has the shape "
                + shape_text(view->shape) + " where config.json calls for "
                + shape_text(place.sizes()) + ".");
        fill_from_stored(*view, place, files.origin);
    }
    Transformer model(config, std::move(weights));
    model.to(device, dtype);
    return model;
}

void save_transformer(const Transformer& model, const std::filesystem::path& directory)
{
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    std::ofstream config(directory / "config.json", std::ios::binary);
    config << model_config_json(model.config());
    if (!config.flush())
        throw ResourceError((directory / "config.json").string()
            + " cannot be written: is the disk full or read-only?");

    Weights weights = model.weights();
    std::vector<torch::Tensor> kept;
    std::vector<TensorView> views;
    for (const auto& entry : stored_tensors(model.config(), weights)) {
        const auto stored = place_of(entry).detach().to(torch::kCPU, torch::kFloat32).contiguous();
        kept.push_back(stored);
        views.push_back({ entry.name, ElementType::f32, stored.sizes().vec(),
            { static_cast<const std::byte*>(stored.data_ptr()),
                static_cast<std::size_t>(stored.numel()) * sizeof(float) } });
    }
    write_safetensors(directory / "model.safetensors", views, { { "format", "pt" } });
}

std::string model_fingerprint(const ModelFiles& files)
{
    std::uint64_t hash = stable_hash(files.config_json);
    for (const auto& view : files.weights.tensors()) {
        const std::string_view bytes(
            reinterpret_cast<const char*>(view.bytes.data()), view.bytes.size());
        hash = hash * 0x100000001b3ULL ^ stable_hash(view.name) ^ (stable_hash(bytes) << 1);
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

} // namespace circuitloom
