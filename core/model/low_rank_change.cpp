#include "core/model/low_rank_change.h"

#include "core/model/stored_weights.h"

namespace circuitloom {

namespace {

torch::Tensor read(const TensorView& view, torch::Dtype dtype, const Adapter& adapter)
{
    auto tensor = torch::empty(view.shape, torch::dtype(dtype));
    fill_from_stored(view, tensor, adapter.directory.string(), &adapter.weights);
    return tensor;
}

} // namespace

void add_low_rank_change(const torch::Tensor& part, bool transposed, const LowRankChange& change,
    const Adapter& adapter)
{
    const torch::NoGradGuard no_grad;
    const torch::Dtype dtype
        = part.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    auto product
        = read(change.up, dtype, adapter).matmul(read(change.down, dtype, adapter)) * change.scale;
    if (!transposed)
        product = product.t();
    part.copy_(part.to(dtype) + product.reshape(part.sizes()).to(part.device()));
}

} // namespace circuitloom
