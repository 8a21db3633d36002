#pragma once

#include "core/architecture/model_config.h"
#include "core/model/position_tables.h"
#include "core/model/spread_blocks.h"
#include "core/model/weights.h"

#include <torch/types.h>

#include <memory>
#include <utility>
#include <vector>

namespace circuitloom {

/// The intermediate results of one block. All tensors are part of the autograd graph, if there is
/// one.
struct LayerTaps
{
    torch::Tensor attention_input; ///< residual stream before the norm, [batch, position, d_model]
    torch::Tensor attention_normed; ///< after the norm, what W_Q, W_K, W_V read
    torch::Tensor qkv; ///< as projected, [batch, position, (heads + 2 kv_heads) head_dim]
    torch::Tensor heads; ///< z, before W_O, [batch, position, heads head_dim]
    torch::Tensor attention_output; ///< z W_O + b_O, [batch, position, d_model]
    torch::Tensor head_sources; ///< what the heads write from: HalfOutput::sources
    torch::Tensor mlp_input; ///< likewise before its norm; attention_input in parallel blocks
    torch::Tensor mlp_normed; ///< after the norm, what W_in reads
    torch::Tensor mlp_in; ///< x W_in + b_in, [batch, position, mlp_width or twice that]
    torch::Tensor mlp_hidden; ///< after the activation (and gate), [batch, position, mlp_width]
    torch::Tensor mlp_output; ///< mlp_hidden W_out + b_out, [batch, position, d_model]
    torch::Tensor mlp_sources; ///< what neurons write from
    torch::Tensor mlp_written; ///< what the MLP adds to the stream
};

enum class BlockHalf
{
    attention,
    mlp
};

/// The way out of one half of a block, from its inner activations x (the heads' z, the MLP's hidden
/// units): x W + b, through a norm where the family has one there, times the residual scale.
///
/// What node u writes of it is linear in its own part of x with that norm's scale held at what it
/// is in this pass, (x_u / scale) W_u diag(w). So nodes have `sources` = x / scale (x itself
/// without a norm) and Transformer::writing_weight() = W diag(w) residual_scale, and what they
/// write adds up to what the half adds to the stream.
struct HalfOutput
{
    torch::Tensor projected; ///< x W + b, [..., d_model]
    torch::Tensor sources; ///< shaped as x
    torch::Tensor written; ///< what is added to the stream, [..., d_model]
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

/// Tensors that take the place of what the forward pass computes; undefined ones change nothing.
struct ForwardEdits
{
    /// Blocks before it are skipped: `embedding` is then the stream that it reads.
    int first_layer = 0;
    torch::Tensor embedding; ///< shaped as ForwardTaps::embedding
    std::vector<torch::Tensor> heads; ///< per layer, as LayerTaps::head_sources; may be empty
    std::vector<torch::Tensor> mlp_output; ///< per layer, as LayerTaps::mlp_written; may be empty
};
/// The same for one block. With `heads` there are no LayerTaps::heads and no attention_output, with
/// `mlp_output` no LayerTaps::mlp_output.
struct BlockEdits
{
    torch::Tensor heads;
    torch::Tensor mlp_output;
};

/// A decoder-only transformer. One forward pass serves every family; what differs between them is
/// in ModelConfig.
class Transformer
{
public:
    /// `spread`, where given, keeps the blocks of `weights` apart. Copies share it.
    Transformer(ModelConfig config, Weights weights, std::shared_ptr<SpreadBlocks> spread = {});

    const ModelConfig& config() const { return config_; }
    Weights& weights() { return weights_; }
    const Weights& weights() const { return weights_; }
    torch::Device device() const { return weights_.token_embedding.device(); }
    torch::Dtype dtype() const { return weights_.token_embedding.scalar_type(); }
    void to(torch::Device device, torch::Dtype dtype);

    /// Null where this process has all blocks.
    const std::shared_ptr<SpreadBlocks>& spread() const { return spread_; }
    /// Keep what it returns as long as weights of that block are read, or, of a pass with gradients,
    /// go backward. Passes of the whole model do it themselves: hidden(), which can then have no
    /// gradients where the blocks are spread, and RecomputedPass.
    HeldBlock hold(int layer) const { return spread_ ? HeldBlock(spread_, layer) : HeldBlock(); }
    /// Whether gradients of the parameters can be asked for.
    void set_requires_grad(bool required);

    /// The final norm's output, [batch, position, d_model]. `ids` is int64, [batch, position];
    /// sequences shorter than the others are padded at the end with any id: attention is causal,
    /// so padding changes nothing before it. `taps`, where given, is filled.
    torch::Tensor hidden(const torch::Tensor& ids, ForwardTaps* taps = nullptr,
        const ForwardEdits& edits = {}) const;
    /// Logits of `hidden` ([…, d_model]): […, vocabulary]; float32 where the model is bfloat16.
    torch::Tensor unembed(const torch::Tensor& hidden) const;
    /// unembed(hidden(ids)), [batch, position, vocabulary].
    torch::Tensor logits(const torch::Tensor& ids, ForwardTaps* taps = nullptr) const;

    /// The parts of the pass, for those who run it with a stream of their own for every node.
    /// Token + position embedding, [batch, position, d_model].
    torch::Tensor embed(const torch::Tensor& ids) const;
    /// The stream as a half of a block reads it: through its norm, or as it is where the family has
    /// none there.
    torch::Tensor read_norm(int layer, BlockHalf half, const torch::Tensor& x) const;
    /// What that norm multiplies by, [d_model]; undefined where there is none.
    torch::Tensor read_norm_weight(int layer, BlockHalf half) const;
    /// The way out of a half of a block. `x` is [..., heads head_dim] or [..., mlp_width].
    HalfOutput write(int layer, BlockHalf half, const torch::Tensor& x) const;
    /// From HalfOutput::sources to the stream, [in, d_model], and the bias that is added beside,
    /// undefined where there is none.
    torch::Tensor writing_weight(int layer, BlockHalf half) const;
    torch::Tensor writing_bias(int layer, BlockHalf half) const;
    /// z of every head, [batch, position, heads head_dim], from that layer's q, k and v as
    /// LayerTaps::qkv holds them: norms of q and k, rotation and mask are done here. `tables` is
    /// position_tables() of as many positions.
    torch::Tensor attention(
        int layer, const torch::Tensor& qkv, const PositionTables& tables) const;
    /// The probabilities with which attention() weighs the values, [batch, head, position,
    /// position] (row: the position that looks; column: where to), from the same arguments.
    torch::Tensor attention_weights(
        int layer, const torch::Tensor& qkv, const PositionTables& tables) const;
    PositionTables position_tables(std::int64_t positions) const;
    /// A whole block: from `tap`'s attention_input, [batch, position, d_model], to everything else in
    /// it, which is filled in. Returns the stream that the block leaves. `tables` as for attention().
    torch::Tensor block(int layer, LayerTaps& tap, const PositionTables& tables,
        const BlockEdits& edits = {}) const;
    /// The rest of a block, at any rows of it: from `tap`'s attention_input and heads to everything
    /// after them, which is filled in. Returns the stream that the block leaves.
    torch::Tensor after_attention(int layer, LayerTaps& tap, const BlockEdits& edits = {}) const;
    /// The final norm, whose output is unembedded.
    torch::Tensor final_norm(const torch::Tensor& x) const;
    /// What it multiplies by, [d_model].
    torch::Tensor final_norm_weight() const;
    /// Of the output, [d_model, vocabulary]: W_U without the bias, over the divisor of the logits.
    /// Where logits are capped, this is before the cap.
    torch::Tensor unembedding() const;
    /// What unembed() adds to that, [vocabulary], over the divisor too; undefined where there is
    /// none.
    torch::Tensor unembedding_bias() const;
    /// The activation (and gate) on LayerTaps::mlp_in.
    torch::Tensor mlp_hidden(const torch::Tensor& mlp_in) const;

private:
    torch::Tensor norm(
        const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) const;
    /// A norm's stored weight as it is multiplied by; undefined where that is.
    torch::Tensor multiplier(const torch::Tensor& weight) const;

    /// Of every head, each [batch · head, position, head_dim]; keys and values that heads share
    /// are repeated.
    struct HeadInputs
    {
        torch::Tensor query;
        torch::Tensor key;
        torch::Tensor value;
    };
    HeadInputs head_inputs(int layer, const torch::Tensor& qkv, const PositionTables& tables) const;
    torch::Tensor attention_weights(
        int layer, const HeadInputs& inputs, const PositionTables& tables) const;

    ModelConfig config_;
    Weights weights_;
    std::shared_ptr<SpreadBlocks> spread_;
};

} // namespace circuitloom
