#pragma once

#include "core/model/model_config.h"
#include "core/model/weights.h"

#include <torch/types.h>

#include <vector>

namespace circuitloom {

/// What one block computed on the way. All tensors are part of the autograd graph, if there is one.
struct LayerTaps
{
    torch::Tensor attention_input; ///< residual stream before the norm, [batch, position, d_model]
    torch::Tensor qkv; ///< before rotation, [batch, position, (heads + 2 kv_heads) head_dim]
    torch::Tensor heads; ///< z, before W_O, [batch, position, heads head_dim]
    torch::Tensor mlp_input; ///< residual stream before the norm, [batch, position, d_model]
    torch::Tensor mlp_in; ///< x W_in + b_in, [batch, position, mlp_width or twice that]
    torch::Tensor mlp_hidden; ///< after the activation (and gate), [batch, position, mlp_width]
};

/// Handles to everything a node of the computational graph writes or reads. What a head or a
/// neuron group writes to the stream, and the gradient that its input sees, are linear in these
/// (discovery/edge_attribution.h), so nothing is computed for them in the forward pass.
struct ForwardTaps
{
    torch::Tensor embedding; ///< token + position, [batch, position, d_model]
    std::vector<LayerTaps> layers;
    torch::Tensor final_input; ///< residual stream before the final norm
};

/// A decoder-only transformer. One forward pass serves every family; what differs between them is
/// in ModelConfig.
class Transformer
{
public:
    Transformer(ModelConfig config, Weights weights);

    const ModelConfig& config() const { return config_; }
    Weights& weights() { return weights_; }
    const Weights& weights() const { return weights_; }
    torch::Device device() const { return weights_.token_embedding.device(); }
    torch::Dtype dtype() const { return weights_.token_embedding.scalar_type(); }
    void to(torch::Device device, torch::Dtype dtype);
    /// Whether gradients of the parameters can be asked for.
    void set_requires_grad(bool required);

    /// The final norm's output, [batch, position, d_model]. `ids` is int64, [batch, position];
    /// sequences shorter than the others are padded at the end with any id: attention is causal,
    /// so padding changes nothing before it. `taps`, where given, is filled.
    torch::Tensor hidden(const torch::Tensor& ids, ForwardTaps* taps = nullptr) const;
    /// Logits of `hidden` ([…, d_model]): […, vocabulary].
    torch::Tensor unembed(const torch::Tensor& hidden) const;
    /// unembed(hidden(ids)), [batch, position, vocabulary].
    torch::Tensor logits(const torch::Tensor& ids, ForwardTaps* taps = nullptr) const;

private:
    torch::Tensor embed(const torch::Tensor& ids) const;
    torch::Tensor attention(const torch::Tensor& qkv, const torch::Tensor& rotation) const;
    torch::Tensor mlp_hidden(const torch::Tensor& mlp_in) const;
    torch::Tensor norm(
        const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) const;

    ModelConfig config_;
    Weights weights_;
};

} // namespace circuitloom
