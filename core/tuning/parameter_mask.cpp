#include "core/tuning/parameter_mask.h"

#include <algorithm>

namespace circuitloom {

namespace {

// Calls use(first, count) for each run of set flags.
template <class Use>
void for_each_run(const std::vector<bool>& flags, const Use& use)
{
    for (std::size_t i = 0; i < flags.size(); ++i) {
        if (!flags[i])
            continue;
        const std::size_t first = i;
        while (i < flags.size() && flags[i])
            ++i;
        use(static_cast<std::int64_t>(first), static_cast<std::int64_t>(i - first));
    }
}

class Builder
{
public:
    Builder(const Weights& weights, std::vector<ParameterSlice>& slices)
        : weights_(weights)
        , all_(weights.all())
        , slices_(slices)
    {
    }

    // Columns of a [in, out] weight and the same entries of its bias. The flags stand for blocks
    // of `width` columns among `total` from `offset` on; the last block may be smaller.
    void columns(int layer, LayerPart weight, LayerPart bias, std::int64_t offset,
        std::int64_t total, std::int64_t width, const std::vector<bool>& open)
    {
        for_each_run(open, [&](std::int64_t first, std::int64_t count) {
            const auto start = first * width;
            const auto length = std::min(count * width, total - start);
            add(layer, weight, 1, offset + start, length);
            if (weights_.at(layer, bias).defined())
                add(layer, bias, 0, offset + start, length);
        });
    }
    // Rows of a [in, out] weight, and the whole bias where any row is open.
    void rows(int layer, LayerPart weight, LayerPart bias, std::int64_t total, std::int64_t width,
        const std::vector<bool>& open)
    {
        bool any = false;
        for_each_run(open, [&](std::int64_t first, std::int64_t count) {
            const auto start = first * width;
            add(layer, weight, 0, start, std::min(count * width, total - start));
            any = true;
        });
        if (any && weights_.at(layer, bias).defined())
            add(layer, bias, 0, 0, weights_.at(layer, bias).size(0));
    }

private:
    void add(
        int layer, LayerPart part, std::int64_t dimension, std::int64_t start, std::int64_t length)
    {
        const auto found = std::ranges::find(all_, &weights_.at(layer, part));
        slices_.push_back({ static_cast<std::size_t>(found - all_.begin()), { layer, part },
            dimension, start, length, {} });
    }

    const Weights& weights_;
    std::vector<const torch::Tensor*> all_;
    std::vector<ParameterSlice>& slices_;
};

} // namespace

std::vector<std::int64_t> slice_shape(const ParameterSlice& slice, const torch::Tensor& tensor)
{
    if (slice.entries.is_defined())
        return { slice.entries.count() };
    auto shape = tensor.sizes().vec();
    shape[static_cast<std::size_t>(slice.dimension)] = slice.length;
    return shape;
}

ParameterMask ParameterMask::everything(const Weights& weights)
{
    return everything(weights.all());
}

ParameterMask ParameterMask::everything(const std::vector<const torch::Tensor*>& tensors)
{
    ParameterMask mask;
    for (std::size_t i = 0; i < tensors.size(); ++i)
        mask.slices_.push_back({ i, {}, 0, 0, tensors[i]->size(0), {} });
    return mask;
}

ParameterMask ParameterMask::block_matrices(const Weights& weights)
{
    using enum LayerPart;
    const auto all = weights.all();
    ParameterMask mask;
    for (int layer = 0; layer < static_cast<int>(weights.layers.size()); ++layer)
        for (const auto part : { qkv_weight, output_weight, mlp_in_weight, mlp_out_weight }) {
            const torch::Tensor& matrix = weights.at(layer, part);
            const auto found = std::ranges::find(all, &matrix);
            mask.slices_.push_back({ static_cast<std::size_t>(found - all.begin()),
                { layer, part }, 0, 0, matrix.size(0), {} });
        }
    return mask;
}

ParameterMask ParameterMask::narrowed(const std::vector<torch::Tensor>& flags) const
{
    ParameterMask mask;
    for (std::size_t i = 0; i < slices_.size(); ++i) {
        ParameterSlice slice = slices_[i];
        slice.entries = EntryBits(flags[i]);
        if (slice.entries.count() > 0)
            mask.slices_.push_back(std::move(slice));
    }
    return mask;
}

void ParameterMask::open(const Shared& shared, const Weights& weights)
{
    using enum LayerPart;
    const auto all = weights.all();
    const auto add = [&](const torch::Tensor& tensor) {
        const auto found = std::ranges::find(all, &tensor);
        if (tensor.defined())
            slices_.push_back(
                { static_cast<std::size_t>(found - all.begin()), {}, 0, 0, tensor.size(0), {} });
    };
    if (shared.norms) {
        for (int layer = 0; layer < static_cast<int>(weights.layers.size()); ++layer)
            for (const auto part : { attention_norm_weight, attention_norm_bias, query_norm_weight,
                     key_norm_weight, mlp_norm_weight, mlp_norm_bias, attention_post_norm_weight,
                     mlp_post_norm_weight })
                add(weights.at(layer, part));
        add(weights.final_norm_weight);
        add(weights.final_norm_bias);
    }
    const bool tied = !weights.unembedding.defined();
    if (shared.embeddings || (shared.unembedding && tied))
        add(weights.token_embedding);
    if (shared.embeddings)
        add(weights.position_embedding);
    if (shared.unembedding)
        add(weights.unembedding);
    if (shared.unembedding)
        add(weights.unembedding_bias);
}

ParameterMask ParameterMask::of(const OpenedParts& parts, const ComputationalGraph& graph,
    const ModelConfig& config, const Weights& weights)
{
    using enum LayerPart;
    ParameterMask mask;
    Builder builder(weights, mask.slices_);
    const std::int64_t dim = config.head_dim;
    const std::int64_t queries = config.heads * dim;
    const std::int64_t keys = config.kv_heads * dim;
    const std::int64_t hidden = config.mlp_width;
    const std::int64_t group = graph.group_range(0).count;
    for (int layer = 0; layer < config.layers; ++layer) {
        const OpenedLayer& open = parts[static_cast<std::size_t>(layer)];
        builder.columns(layer, qkv_weight, qkv_bias, 0, queries, dim, open.query);
        builder.columns(layer, qkv_weight, qkv_bias, queries, keys, dim, open.key);
        builder.columns(layer, qkv_weight, qkv_bias, queries + keys, keys, dim, open.value);
        builder.rows(layer, output_weight, output_bias, queries, dim, open.output);
        builder.columns(layer, mlp_in_weight, mlp_in_bias, 0, hidden, group, open.mlp_in);
        if (config.gated_mlp)
            builder.columns(layer, mlp_in_weight, mlp_in_bias, hidden, hidden, group, open.mlp_in);
        builder.rows(layer, mlp_out_weight, mlp_out_bias, hidden, group, open.mlp_out);
    }
    return mask;
}

std::int64_t ParameterMask::count(const Weights& weights) const
{
    const auto all = weights.all();
    std::int64_t entries = 0;
    for (const ParameterSlice& slice : slices_) {
        const auto& tensor = *all[slice.parameter];
        entries += c10::multiply_integers(slice_shape(slice, tensor));
    }
    return entries;
}

} // namespace circuitloom
