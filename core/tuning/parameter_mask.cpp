#include "core/tuning/parameter_mask.h"

#include <algorithm>

namespace circuitloom {

namespace {

// Where each tensor of a block stands in Weights::all().
class Places
{
public:
    explicit Places(const Weights& weights)
        : weights_(weights)
        , all_(weights.all())
    {
    }

    std::size_t of(int layer, LayerPart part) const
    {
        const auto found = std::ranges::find(all_, &weights_.at(layer, part));
        return static_cast<std::size_t>(found - all_.begin());
    }
    bool has(int layer, LayerPart part) const { return weights_.at(layer, part).defined(); }

private:
    const Weights& weights_;
    std::vector<const torch::Tensor*> all_;
};

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
        : places_(weights)
        , slices_(slices)
    {
    }

    // Columns of a [in, out] weight and the same entries of its bias.
    void columns(int layer, LayerPart weight, LayerPart bias, std::int64_t offset,
        std::int64_t width, const std::vector<bool>& open)
    {
        for_each_run(open, [&](std::int64_t first, std::int64_t count) {
            const auto start = offset + first * width;
            slices_.push_back({ places_.of(layer, weight), 1, start, count * width });
            if (places_.has(layer, bias))
                slices_.push_back({ places_.of(layer, bias), 0, start, count * width });
        });
    }
    // Rows of a [in, out] weight, and the whole bias where any row is open.
    void rows(int layer, LayerPart weight, LayerPart bias, std::int64_t bias_size,
        std::int64_t width, const std::vector<bool>& open)
    {
        bool any = false;
        for_each_run(open, [&](std::int64_t first, std::int64_t count) {
            slices_.push_back({ places_.of(layer, weight), 0, first * width, count * width });
            any = true;
        });
        if (any && places_.has(layer, bias))
            slices_.push_back({ places_.of(layer, bias), 0, 0, bias_size });
    }

private:
    Places places_;
    std::vector<ParameterSlice>& slices_;
};

} // namespace

ParameterMask ParameterMask::everything(const Weights& weights)
{
    ParameterMask mask;
    const auto all = weights.all();
    for (std::size_t i = 0; i < all.size(); ++i)
        mask.slices_.push_back({ i, 0, 0, all[i]->size(0) });
    return mask;
}

ParameterMask ParameterMask::of(
    const OpenedParts& parts, const ModelConfig& config, const Weights& weights)
{
    using enum LayerPart;
    ParameterMask mask;
    Builder builder(weights, mask.slices_);
    const std::int64_t dim = config.head_dim;
    const std::int64_t heads = config.heads;
    const std::int64_t kv_heads = config.kv_heads;
    for (int layer = 0; layer < config.layers; ++layer) {
        const OpenedLayer& open = parts[static_cast<std::size_t>(layer)];
        const auto groups = static_cast<std::int64_t>(open.mlp_in.size());
        const std::int64_t group = config.mlp_width / groups;
        builder.columns(layer, qkv_weight, qkv_bias, 0, dim, open.query);
        builder.columns(layer, qkv_weight, qkv_bias, heads * dim, dim, open.key);
        builder.columns(layer, qkv_weight, qkv_bias, (heads + kv_heads) * dim, dim, open.value);
        builder.rows(layer, output_weight, output_bias, config.d_model, dim, open.output);
        builder.columns(layer, mlp_in_weight, mlp_in_bias, 0, group, open.mlp_in);
        if (config.gated_mlp)
            builder.columns(
                layer, mlp_in_weight, mlp_in_bias, config.mlp_width, group, open.mlp_in);
        builder.rows(layer, mlp_out_weight, mlp_out_bias, config.d_model, group, open.mlp_out);
    }
    return mask;
}

std::vector<std::size_t> ParameterMask::open_parameters() const
{
    std::vector<std::size_t> open;
    for (const ParameterSlice& slice : slices_)
        open.push_back(slice.parameter);
    std::ranges::sort(open);
    open.erase(std::unique(open.begin(), open.end()), open.end());
    return open;
}

std::int64_t ParameterMask::count(const Weights& weights) const
{
    const auto all = weights.all();
    std::int64_t entries = 0;
    for (const ParameterSlice& slice : slices_) {
        const auto& tensor = *all[slice.parameter];
        entries += tensor.numel() / tensor.size(slice.dimension) * slice.length;
    }
    return entries;
}

} // namespace circuitloom
