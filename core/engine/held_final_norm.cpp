#include "core/engine/held_final_norm.h"

namespace circuitloom {

namespace {

// A layer norm takes the mean away.
torch::Tensor centred(const Transformer& model, const torch::Tensor& x)
{
    return model.config().norm == NormKind::layer_norm ? x - x.mean(-1, true) : x;
}

} // namespace

HeldFinalNorm::HeldFinalNorm(const Transformer& model, const torch::Tensor& stream)
    : model_(model)
    , factor_(torch::rsqrt(
          centred(model, stream).square().mean(-1, true) + model.config().norm_epsilon))
{
}

torch::Tensor HeldFinalNorm::normed(const torch::Tensor& written) const
{
    return final_norm_at_scale_one(model_, written) * factor_;
}

torch::Tensor HeldFinalNorm::before(const torch::Tensor& output) const
{
    return centred(model_, output * factor_ * model_.final_norm_weight());
}

torch::Tensor final_norm_at_scale_one(const Transformer& model, const torch::Tensor& written)
{
    return centred(model, written) * model.final_norm_weight();
}

} // namespace circuitloom
