#include "core/tuning/passage.h"

namespace circuitloom {

Passage passage_of(const LayerTaps& taps, LayerPart part)
{
    switch (part) {
    case LayerPart::qkv_weight:
    case LayerPart::qkv_bias:
        return { taps.attention_normed, taps.qkv };
    case LayerPart::output_weight:
    case LayerPart::output_bias:
        return { taps.heads, taps.attention_output };
    case LayerPart::mlp_in_weight:
    case LayerPart::mlp_in_bias:
        return { taps.mlp_normed, taps.mlp_in };
    case LayerPart::mlp_out_weight:
    case LayerPart::mlp_out_bias:
        return { taps.mlp_hidden, taps.mlp_output };
    default:
        return {};
    }
}

torch::Tensor rows_of(const torch::Tensor& x)
{
    return x.detach().reshape({ -1, x.size(-1) });
}

} // namespace circuitloom
