#include "core/model/affine.h"

#include "core/model/few_rows.h"

namespace circuitloom {

torch::Tensor affine(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias)
{
    const auto rows = x.reshape({ -1, x.size(-1) });
    auto y = torch::GradMode::is_enabled() ? torch::Tensor() : few_rows_product(rows, weight);
    if (y.defined() && bias.defined())
        y += bias;
    else if (!y.defined())
        y = bias.defined() ? torch::addmm(bias, rows, weight) : torch::mm(rows, weight);
    auto shape = x.sizes().vec();
    shape.back() = weight.size(1);
    return y.view(shape);
}

} // namespace circuitloom
