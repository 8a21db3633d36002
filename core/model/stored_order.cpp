#include "core/model/stored_order.h"

namespace circuitloom {

namespace {

// The first dimension as several.
torch::Tensor split_first(const torch::Tensor& x, std::vector<std::int64_t> sizes)
{
    sizes.insert(sizes.end(), x.sizes().begin() + 1, x.sizes().end());
    return x.view(sizes);
}

} // namespace

torch::Tensor in_stored_order(
    const torch::Tensor& tensor, const StoredTensor& stored, const ModelConfig& config)
{
    auto part = tensor.narrow(-1, stored.column, stored.columns);
    if (stored.transposed)
        part = part.t();
    if (stored.by_head)
        return split_first(part, { 3, config.heads, config.head_dim }).transpose(0, 1);
    return part;
}

} // namespace circuitloom
