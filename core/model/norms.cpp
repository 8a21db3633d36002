#include "core/model/norms.h"

namespace circuitloom {

torch::Tensor widened(const torch::Tensor& x)
{
    return x.scalar_type() == torch::kBFloat16 ? x.to(torch::kFloat32) : x;
}

torch::Tensor inverse_rms(const torch::Tensor& x, double epsilon)
{
    return torch::rsqrt(x.square().mean(-1, true) + epsilon);
}

torch::Tensor rms_norm(const torch::Tensor& x, const torch::Tensor& multiplier, double epsilon)
{
    const auto wide = widened(x);
    const auto unit = wide * inverse_rms(wide, epsilon);
    return (unit.to(multiplier.scalar_type()) * multiplier).to(x.scalar_type());
}

} // namespace circuitloom
