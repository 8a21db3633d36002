#include "core/model/key_value_cache.h"

#include "core/model/affine.h"
#include "core/model/head_vectors.h"
#include "core/model/rotary.h"

#include <algorithm>
#include <limits>

namespace circuitloom {

bool can_cache(const ModelConfig& config, std::int64_t tokens)
{
    const RopeScaling& scaling = config.rope_scaling;
    const bool depends_on_length
        = scaling.kind == RopeKind::dynamic || scaling.kind == RopeKind::longrope;
    return config.position != PositionKind::rotary || !depends_on_length
        || tokens <= scaling.original_positions;
}

KeyValueCache::KeyValueCache(
    const Transformer& model, std::span<const std::int64_t> padding, std::int64_t capacity)
    : model_(model)
{
    const torch::NoGradGuard no_grad;
    const ModelConfig& config = model.config();
    const auto options = model.weights().token_embedding.options().requires_grad(false);
    padding_ = torch::tensor(std::vector<std::int64_t>(padding.begin(), padding.end()))
                   .to(model.device());
    for (const std::int64_t positions : padding)
        is_padded_ = is_padded_ || positions > 0;
    if (config.position == PositionKind::rotary) {
        // No text is longer than this, and none that is shorter turns in another way (can_cache()).
        std::int64_t least = capacity;
        for (const std::int64_t positions : padding)
            least = std::min(least, positions);
        rotations_ = rotary_tables(config, capacity - least, options);
    }
    for (int layer = 0; layer < config.layers; ++layer)
        for (auto* side : { &keys_, &values_ })
            side->push_back(torch::empty(
                { padding_.size(0), config.kv_heads, capacity, config.head_dim }, options));
}

// What is added to the scores of the new positions for every window, [text, 1, new, key]: minus
// infinity at the future, at padding and beyond the window. Positions of padding look at themselves
// alone. Undefined where nothing is hidden.
std::map<int, torch::Tensor> KeyValueCache::masks_of(std::int64_t added) const
{
    const ModelConfig& config = model_.config();
    const std::int64_t all = filled_ + added;
    std::map<int, torch::Tensor> masks;
    for (int layer = 0; layer < config.layers; ++layer) {
        const int window = config.attention_window(layer);
        if (masks.contains(window))
            continue;
        torch::Tensor& mask = masks[window];
        const bool is_cut = window > 0 && window < all;
        if (added == 1 && !is_padded_ && !is_cut)
            continue;
        const auto columns = torch::arange(all, padding_.options());
        const auto rows = columns.narrow(0, filled_, added).unsqueeze(1);
        auto hidden = columns > rows;
        if (is_cut)
            hidden = hidden.logical_or(columns <= rows - window);
        hidden = hidden.unsqueeze(0);
        if (is_padded_)
            hidden = hidden.logical_or(
                (columns < padding_.view({ -1, 1, 1 })).logical_and(columns != rows));
        mask = torch::zeros(
            hidden.sizes(), model_.weights().token_embedding.options().requires_grad(false))
                   .masked_fill_(hidden, -std::numeric_limits<double>::infinity())
                   .unsqueeze(1);
    }
    return masks;
}

// LayerTaps::qkv of the stream that the layer reads.
torch::Tensor KeyValueCache::projected(int layer, const torch::Tensor& stream) const
{
    const Weights& weights = model_.weights();
    return affine(model_.read_norm(layer, BlockHalf::attention, stream),
        weights.at(layer, LayerPart::qkv_weight), weights.at(layer, LayerPart::qkv_bias));
}

torch::Tensor KeyValueCache::advance(const torch::Tensor& ids)
{
    const torch::NoGradGuard no_grad;
    const ModelConfig& config = model_.config();
    const std::int64_t added = ids.size(1);
    const auto positions
        = (torch::arange(filled_, filled_ + added, padding_.options()) - padding_.unsqueeze(1))
              .clamp_min(0);
    const auto masks = masks_of(added);
    auto turned = [&, last = torch::Tensor(), chosen = torch::Tensor()](int layer) mutable {
        if (!config.turns(layer))
            return torch::Tensor();
        // Layers that turn alike share their table, and mostly stand side by side.
        const auto& table = rotations_[static_cast<std::size_t>(layer)];
        if (!last.is_same(table)) {
            last = table;
            chosen = table.index_select(1, positions.flatten())
                         .view({ 2, positions.size(0), 1, added, table.size(-1) });
        }
        return chosen;
    };
    auto x = embedded_at(config, model_.weights(), ids, positions);
    for (int layer = 0; layer < config.layers; ++layer) {
        LayerTaps tap;
        tap.attention_input = x;
        auto vectors
            = head_vectors(config, model_.weights(), layer, projected(layer, x), turned(layer));
        const auto joined
            = [&](std::vector<torch::Tensor>& cache, const torch::Tensor& added_part) {
                  torch::Tensor& all = cache[static_cast<std::size_t>(layer)];
                  all.narrow(2, filled_, added).copy_(added_part);
                  return all.narrow(2, 0, filled_ + added);
              };
        vectors.key = joined(keys_, vectors.key);
        vectors.value = joined(values_, vectors.value);
        tap.heads = attend(config, layer, vectors, masks.at(config.attention_window(layer)));
        if (layer + 1 == config.layers && added > 1) {
            tap.attention_input = tap.attention_input.narrow(1, added - 1, 1);
            tap.heads = tap.heads.narrow(1, added - 1, 1);
        }
        x = model_.after_attention(layer, tap);
    }
    filled_ += added;
    return model_.final_norm(x).select(1, x.size(1) - 1);
}

void KeyValueCache::keep(const torch::Tensor& texts)
{
    const torch::NoGradGuard no_grad;
    padding_ = padding_.index_select(0, texts);
    for (auto* side : { &keys_, &values_ })
        for (torch::Tensor& all : *side)
            all = all.index_select(0, texts);
}

} // namespace circuitloom
