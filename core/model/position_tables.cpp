#include "core/model/position_tables.h"

#include "core/model/rotary.h"

#include <limits>
#include <map>

namespace circuitloom {

namespace {

// The numbers added to attention scores, [position, position]: minus infinity where a position
// (row) must not look at another (column), at the future and, where window > 0, at what lies
// `window` or more positions back; 0 elsewhere.
torch::Tensor attention_mask(
    std::int64_t positions, int window, const torch::TensorOptions& options)
{
    const auto all = torch::ones({ positions, positions }, options.dtype(torch::kBool));
    auto hidden = all.triu(1);
    if (window > 0 && window < positions)
        hidden = hidden.logical_or(all.tril(-window));
    return torch::zeros({ positions, positions }, options)
        .masked_fill_(hidden, -std::numeric_limits<double>::infinity());
}

} // namespace

PositionTables position_tables(
    const ModelConfig& config, std::int64_t positions, const torch::TensorOptions& options)
{
    PositionTables tables;
    if (config.position == PositionKind::rotary)
        tables.rotations = rotary_tables(config, positions, options);
    std::map<int, torch::Tensor> by_window;
    for (int layer = 0; layer < config.layers; ++layer) {
        const int window = config.attention_window(layer);
        auto& mask = by_window[window];
        if (!mask.defined())
            mask = attention_mask(positions, window, options);
        tables.masks.push_back(mask);
    }
    return tables;
}

} // namespace circuitloom
