#include "core/model/rotary.h"

namespace circuitloom {

namespace {

torch::Tensor table_of(const ModelConfig& config, double theta, const RopeScaling& scaling,
    std::int64_t positions, const torch::TensorOptions& options)
{
    const auto precise = options.dtype(torch::kFloat64);
    const auto frequency
        = torch::tensor(rotary_frequencies(theta, config.turned_dim(), scaling, positions),
            torch::dtype(torch::kFloat64))
              .to(options.device());
    const auto angle = torch::arange(positions, precise).unsqueeze(1) * frequency;
    return (torch::stack({ torch::cos(angle), torch::sin(angle) }) * scaling.attention_factor)
        .to(options.dtype());
}

} // namespace

std::vector<torch::Tensor> rotary_tables(
    const ModelConfig& config, std::int64_t positions, const torch::TensorOptions& options)
{
    std::vector<torch::Tensor> tables(static_cast<std::size_t>(config.layers));
    torch::Tensor usual, local;
    for (int layer = 0; layer < config.layers; ++layer) {
        if (!config.turns(layer))
            continue;
        const bool is_local = config.local_rope_theta > 0 && config.attention_window(layer) > 0;
        torch::Tensor& table = is_local ? local : usual;
        if (!table.defined())
            table = is_local
                ? table_of(config, config.local_rope_theta, {}, positions, options)
                : table_of(config, config.rope_theta, config.rope_scaling, positions, options);
        tables[static_cast<std::size_t>(layer)] = table;
    }
    return tables;
}

torch::Tensor rotate(const torch::Tensor& x, const torch::Tensor& table, bool neighbours)
{
    const auto half = table.size(-1);
    const auto cosine = table[0];
    const auto sine = table[1];
    if (neighbours) {
        const auto parts = x.split_with_sizes({ 2 * half, x.size(-1) - 2 * half }, -1);
        const auto pairs = parts[0].unflatten(-1, { half, 2 }).unbind(-1);
        const auto turned = torch::stack(
            { pairs[0] * cosine - pairs[1] * sine, pairs[1] * cosine + pairs[0] * sine }, -1);
        return torch::cat({ turned.flatten(-2), parts[1] }, -1);
    }
    const auto parts = x.split_with_sizes({ half, half, x.size(-1) - 2 * half }, -1);
    return torch::cat(
        { parts[0] * cosine - parts[1] * sine, parts[1] * cosine + parts[0] * sine, parts[2] }, -1);
}

} // namespace circuitloom
