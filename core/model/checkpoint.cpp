#include "core/model/checkpoint.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/stable_hash.h"
#include "core/formats/replacement_file.h"
#include "core/model/low_rank_change.h"
#include "core/model/stored_order.h"
#include "core/model/stored_weights.h"

#include <bit>
#include <cstdio>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

std::string file_of(const ModelFiles& files, const TensorView& view)
{
    return view.file.empty() ? files.origin : view.file;
}

/// The part of one of our tensors that a stored one is, with the adapter's change of it.
void fill(const ModelFiles& files, const WeightMatch& match, const torch::Tensor& tensor,
    const ModelConfig& config)
{
    const torch::Tensor part = in_stored_order(tensor, match.stored, config);
    fill_from_stored(*match.view, part, file_of(files, *match.view), &files.weights);
    if (match.change)
        add_low_rank_change(part, match.stored.transposed, *match.change, *files.adapter);
}

struct WrittenType
{
    torch::Dtype dtype;
    const char* name; ///< as config.json has it
};

WrittenType written_type(ElementType type)
{
    switch (type) {
    case ElementType::f16:
        return { torch::kFloat16, "float16" };
    case ElementType::bf16:
        return { torch::kBFloat16, "bfloat16" };
    default:
        return { torch::kFloat32, "float32" };
    }
}

} // namespace

Transformer load_transformer(const ModelFiles& files, torch::Device device, torch::Dtype dtype,
    std::shared_ptr<SpreadBlocks> spread)
{
    const WeightMatches matches = match_weights(files);
    Weights weights = empty_weights(matches.config, device, dtype, spread.get());
    for (const WeightMatch& match : matches.tensors)
        if (is_here(weights.at(match.stored.place)))
            fill(files, match, weights.at(match.stored.place), matches.config);
    return Transformer(matches.config, std::move(weights), std::move(spread));
}

WeightReader::WeightReader(const ModelFiles& files, const Transformer& model)
    : files_(files)
    , config_(model.config())
    , dtype_(model.dtype())
    , written_(written())
{
    Weights weights = model.weights();
    const WeightMatches matches = match_weights(files);
    for (const torch::Tensor* tensor : weights.all()) {
        Source& source = sources_.emplace_back(Source{ tensor->sizes().vec(), {} });
        for (const WeightMatch& match : matches.tensors)
            if (&weights.at(match.stored.place) == tensor)
                source.pieces.push_back(match);
    }
}

WeightReader::Times WeightReader::written() const
{
    Times times;
    const auto add = [&times](const WeightFiles& weights) {
        for (const TensorView& view : weights.tensors())
            if (!view.file.empty() && !times.contains(view.file)) {
                std::error_code error;
                times[view.file] = std::filesystem::last_write_time(view.file, error);
            }
    };
    add(files_.weights);
    if (files_.adapter)
        add(files_.adapter->weights);
    return times;
}

torch::Tensor WeightReader::read(std::size_t index) const
{
    if (written() != written_)
        return {};
    const Source& source = sources_.at(index);
    auto tensor = torch::empty(source.shape, torch::TensorOptions(dtype_));
    for (const WeightMatch& piece : source.pieces)
        fill(files_, piece, tensor, config_);
    return tensor;
}

void save_transformer(
    const Transformer& model, const std::filesystem::path& directory, ElementType type)
{
    const WrittenType written = written_type(type);
    std::error_code failure;
    std::filesystem::create_directories(directory, failure);
    Weights weights = model.weights();
    const auto stored = stored_tensors(model.config());
    std::vector<TensorView> described;
    for (const StoredTensor& tensor : stored)
        described.push_back({ tensor.name, type, stored_shape(model.config(), tensor), {} });
    // One tensor at a time is turned into the stored order.
    torch::Tensor current;
    const auto bytes_of = [&](std::size_t index) -> std::span<const std::byte> {
        const auto& place = weights.at(stored[index].place);
        current = in_stored_order(place, stored[index], model.config())
                      .detach()
                      .to(torch::kCPU, written.dtype)
                      .contiguous();
        if (current.mul(0).sum().item<double>() != 0)
            throw InputError("The weight " + stored[index].name
                + " holds a number that is not finite in " + written.name + ".");
        return { static_cast<const std::byte*>(current.data_ptr()), current.nbytes() };
    };
    write_safetensors(directory / "model.safetensors", described, bytes_of, { { "format", "pt" } });
    // By which a folder is known to hold a model: last, so that half of one is none.
    write_whole(directory / "config.json", model_config_json(model.config(), written.name));
}

std::string model_fingerprint(const ModelFiles& files)
{
    std::uint64_t hash = stable_hash(files.config_json);
    const auto add = [&hash](const WeightFiles& weights) {
        for (const auto& view : weights.tensors()) {
            StableHash bytes;
            weights.read(view.bytes, [&bytes](std::span<const std::byte> piece) {
                bytes.add({ reinterpret_cast<const char*>(piece.data()), piece.size() });
            });
            hash = hash * 0x100000001b3ULL ^ stable_hash(view.name) ^ (bytes.value() << 1);
        }
    };
    add(files.weights);
    if (files.adapter) {
        add(files.adapter->weights);
        for (const LowRankChange& change : files.adapter->changes)
            hash = hash * 0x100000001b3ULL ^ std::bit_cast<std::uint64_t>(change.scale);
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

} // namespace circuitloom
