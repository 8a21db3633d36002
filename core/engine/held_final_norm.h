#pragma once

#include "core/model/transformer.h"

namespace circuitloom {

/// The final norm at some rows of a pass, with its scale held at what the whole stream gives it
/// there: then it is linear, without its bias, in what each node adds to the stream (direct logit
/// attribution, as in arXiv 2211.00593).
class HeldFinalNorm
{
public:
    /// `stream` is what the norm reads, [row, d_model].
    HeldFinalNorm(const Transformer& model, const torch::Tensor& stream);

    /// What the norm makes of a part of the stream, [row, d_model].
    torch::Tensor normed(const torch::Tensor& written) const;
    /// Directions of the stream before the norm for directions `output` after it, [row, d_model]:
    /// <normed(x), output> = <x, before(output)> in every row.
    torch::Tensor before(const torch::Tensor& output) const;
    /// 1 / scale, [row, 1].
    const torch::Tensor& factor() const { return factor_; }

private:
    const Transformer& model_;
    torch::Tensor factor_;
};

/// normed() at a scale of 1, […, d_model].
torch::Tensor final_norm_at_scale_one(const Transformer& model, const torch::Tensor& written);

} // namespace circuitloom
