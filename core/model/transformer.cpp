#include "core/model/transformer.h"

#include "core/base/error.h"
#include "core/model/affine.h"
#include "core/model/head_vectors.h"
#include "core/model/norms.h"

#include <utility>

namespace circuitloom {

namespace {

struct HalfParts
{
    LayerPart norm_weight;
    LayerPart norm_bias;
    LayerPart out_weight;
    LayerPart out_bias;
    LayerPart post_norm_weight;
};

HalfParts parts_of(BlockHalf half, const ModelConfig& config)
{
    using enum LayerPart;
    if (half == BlockHalf::attention)
        return { attention_norm_weight, attention_norm_bias, output_weight, output_bias,
            attention_post_norm_weight };
    return { config.shared_norm ? attention_norm_weight : mlp_norm_weight,
        config.shared_norm ? attention_norm_bias : mlp_norm_bias, mlp_out_weight, mlp_out_bias,
        mlp_post_norm_weight };
}

// The edit of that layer; undefined where there is none.
torch::Tensor edit_of(const std::vector<torch::Tensor>& edits, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    return at < edits.size() ? edits[at] : torch::Tensor();
}

} // namespace

Transformer::Transformer(
    ModelConfig config, Weights weights, std::shared_ptr<SpreadBlocks> spread)
    : config_(std::move(config))
    , weights_(std::move(weights))
    , spread_(std::move(spread))
{
}

void Transformer::to(torch::Device device, torch::Dtype dtype)
{
    for (auto* tensor : weights_.all())
        *tensor = tensor->to(device, dtype);
}

void Transformer::set_requires_grad(bool required)
{
    for (auto* tensor : weights_.all())
        tensor->requires_grad_(required);
}

torch::Tensor Transformer::multiplier(const torch::Tensor& weight) const
{
    return norm_multiplier(config_, weight);
}

torch::Tensor Transformer::norm(
    const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) const
{
    if (config_.norm == NormKind::layer_norm)
        return torch::layer_norm(x, { config_.d_model }, weight, bias, config_.norm_epsilon);
    return rms_norm(x, multiplier(weight), config_.norm_epsilon);
}

torch::Tensor Transformer::read_norm(int layer, BlockHalf half, const torch::Tensor& x) const
{
    const HalfParts parts = parts_of(half, config_);
    const torch::Tensor& weight = weights_.at(layer, parts.norm_weight);
    // Never x itself: a gradient at what a block reads leaves out what passes it by.
    return weight.defined() ? norm(x, weight, weights_.at(layer, parts.norm_bias)) : x.view_as(x);
}

torch::Tensor Transformer::read_norm_weight(int layer, BlockHalf half) const
{
    return multiplier(weights_.at(layer, parts_of(half, config_).norm_weight));
}

HalfOutput Transformer::write(int layer, BlockHalf half, const torch::Tensor& x) const
{
    const HalfParts parts = parts_of(half, config_);
    HalfOutput output;
    output.projected
        = affine(x, weights_.at(layer, parts.out_weight), weights_.at(layer, parts.out_bias));
    output.sources = x;
    output.written = output.projected;
    const torch::Tensor& post_norm = weights_.at(layer, parts.post_norm_weight);
    if (post_norm.defined()) {
        output.written = norm(output.projected, post_norm, {});
        const auto inverse = inverse_rms(widened(output.projected), config_.norm_epsilon);
        output.sources = (widened(x) * inverse).to(x.scalar_type());
    }
    if (config_.residual_scale != 1)
        output.written = output.written * config_.residual_scale;
    return output;
}

torch::Tensor Transformer::writing_weight(int layer, BlockHalf half) const
{
    const HalfParts parts = parts_of(half, config_);
    auto weight = weights_.at(layer, parts.out_weight);
    const auto post_norm = multiplier(weights_.at(layer, parts.post_norm_weight));
    if (post_norm.defined())
        weight = (weight * post_norm).to(weight.scalar_type());
    return config_.residual_scale != 1 ? weight * config_.residual_scale : weight;
}

torch::Tensor Transformer::writing_bias(int layer, BlockHalf half) const
{
    // Families with a norm behind the bias are refused: there it would have no share of its own.
    const torch::Tensor& bias = weights_.at(layer, parts_of(half, config_).out_bias);
    return bias.defined() && config_.residual_scale != 1 ? bias * config_.residual_scale : bias;
}

torch::Tensor Transformer::embed(const torch::Tensor& ids) const
{
    auto x = token_embedding(config_, weights_, ids);
    if (config_.position == PositionKind::learned)
        x = x + weights_.position_embedding.narrow(0, config_.position_offset, ids.size(1));
    return x;
}

PositionTables Transformer::position_tables(std::int64_t positions) const
{
    return circuitloom::position_tables(
        config_, positions, weights_.token_embedding.options().requires_grad(false));
}

Transformer::HeadInputs Transformer::head_inputs(
    int layer, const torch::Tensor& qkv, const PositionTables& tables) const
{
    const auto batch = qkv.size(0);
    const auto positions = qkv.size(1);
    const std::int64_t dim = config_.head_dim;
    const std::int64_t heads = config_.heads;
    const std::int64_t kv_heads = config_.kv_heads;
    HeadVectors vectors = head_vectors(config_, weights_, layer, qkv,
        config_.turns(layer) ? tables.rotations[static_cast<std::size_t>(layer)] : torch::Tensor());
    if (kv_heads != heads) {
        const auto shared = [&](const torch::Tensor& x) {
            return x.unsqueeze(2)
                .expand({ batch, kv_heads, heads / kv_heads, positions, dim })
                .reshape({ batch, heads, positions, dim });
        };
        vectors.key = shared(vectors.key);
        vectors.value = shared(vectors.value);
    }
    const auto flat = [&](const torch::Tensor& x) {
        return x.reshape({ batch * heads, positions, dim });
    };
    return { flat(vectors.query), flat(vectors.key), flat(vectors.value) };
}

torch::Tensor Transformer::attention_weights(
    int layer, const HeadInputs& inputs, const PositionTables& tables) const
{
    const auto& mask = tables.masks[static_cast<std::size_t>(layer)];
    const auto keys = inputs.key.transpose(1, 2);
    const double scale = config_.score_scale(layer);
    if (config_.attention_cap > 0)
        return torch::softmax(
            capped(torch::bmm(inputs.query, keys) * scale, config_.attention_cap) + mask, -1);
    return torch::softmax(torch::baddbmm(mask, inputs.query, keys, 1, scale), -1);
}

torch::Tensor Transformer::attention_weights(
    int layer, const torch::Tensor& qkv, const PositionTables& tables) const
{
    return attention_weights(layer, head_inputs(layer, qkv, tables), tables)
        .view({ qkv.size(0), config_.heads, qkv.size(1), qkv.size(1) });
}

torch::Tensor Transformer::attention(
    int layer, const torch::Tensor& qkv, const PositionTables& tables) const
{
    const auto batch = qkv.size(0);
    const auto positions = qkv.size(1);
    const std::int64_t dim = config_.head_dim;
    const std::int64_t heads = config_.heads;
    const HeadInputs inputs = head_inputs(layer, qkv, tables);
    return torch::bmm(attention_weights(layer, inputs, tables), inputs.value)
        .view({ batch, heads, positions, dim })
        .transpose(1, 2)
        .reshape({ batch, positions, heads * dim });
}

torch::Tensor Transformer::mlp_hidden(const torch::Tensor& mlp_in) const
{
    const auto activate = [this](const torch::Tensor& x) {
        switch (config_.activation) {
        case Activation::gelu_tanh:
            return torch::gelu(x, "tanh");
        case Activation::gelu:
            return torch::gelu(x, "none");
        case Activation::silu:
            return torch::silu(x);
        case Activation::relu:
            return torch::relu(x);
        }
        return x;
    };
    if (!config_.gated_mlp)
        return activate(mlp_in);
    const auto parts = mlp_in.chunk(2, -1);
    return activate(parts[0]) * parts[1];
}

torch::Tensor Transformer::after_attention(int layer, LayerTaps& tap, const BlockEdits& edits) const
{
    const auto part = [this, layer](LayerPart p) { return weights_.at(layer, p); };
    torch::Tensor attended;
    if (edits.heads.defined()) {
        tap.head_sources = edits.heads;
        attended = affine(edits.heads, writing_weight(layer, BlockHalf::attention),
            writing_bias(layer, BlockHalf::attention));
    } else {
        HalfOutput output = write(layer, BlockHalf::attention, tap.heads);
        tap.attention_output = std::move(output.projected);
        tap.head_sources = std::move(output.sources);
        attended = std::move(output.written);
    }
    const auto x = tap.attention_input + attended;
    tap.mlp_input = config_.parallel_blocks ? tap.attention_input : x;
    tap.mlp_normed = read_norm(layer, BlockHalf::mlp, tap.mlp_input);
    tap.mlp_in
        = affine(tap.mlp_normed, part(LayerPart::mlp_in_weight), part(LayerPart::mlp_in_bias));
    tap.mlp_hidden = mlp_hidden(tap.mlp_in);
    if (edits.mlp_output.defined()) {
        tap.mlp_written = edits.mlp_output;
    } else {
        HalfOutput output = write(layer, BlockHalf::mlp, tap.mlp_hidden);
        tap.mlp_output = std::move(output.projected);
        tap.mlp_sources = std::move(output.sources);
        tap.mlp_written = std::move(output.written);
    }
    return x + tap.mlp_written;
}

torch::Tensor Transformer::final_norm(const torch::Tensor& x) const
{
    return norm(x, weights_.final_norm_weight, weights_.final_norm_bias);
}

torch::Tensor Transformer::final_norm_weight() const
{
    return multiplier(weights_.final_norm_weight);
}

torch::Tensor Transformer::unembedding_bias() const
{
    const auto& bias = weights_.unembedding_bias;
    return bias.defined() && config_.logit_divisor != 1 ? bias / config_.logit_divisor : bias;
}

torch::Tensor Transformer::unembedding() const
{
    const auto columns
        = weights_.unembedding.defined() ? weights_.unembedding : weights_.token_embedding.t();
    return config_.logit_divisor != 1 ? columns / config_.logit_divisor : columns;
}

torch::Tensor Transformer::block(
    int layer, LayerTaps& tap, const PositionTables& tables, const BlockEdits& edits) const
{
    tap.attention_normed = read_norm(layer, BlockHalf::attention, tap.attention_input);
    tap.qkv = affine(tap.attention_normed, weights_.at(layer, LayerPart::qkv_weight),
        weights_.at(layer, LayerPart::qkv_bias));
    if (!edits.heads.defined())
        tap.heads = attention(layer, tap.qkv, tables);
    return after_attention(layer, tap, edits);
}

torch::Tensor Transformer::hidden(
    const torch::Tensor& ids, ForwardTaps* taps, const ForwardEdits& edits) const
{
    auto x = edits.embedding.defined() ? edits.embedding : embed(ids);
    const auto tables = position_tables(ids.size(1));
    if (taps) {
        taps->embedding = x;
        taps->layers.assign(static_cast<std::size_t>(config_.layers), {});
    }
    if (spread_ && torch::GradMode::is_enabled() && x.requires_grad())
        throw Error("A backward pass would need all blocks at once, which lie in several processes.");
    for (int layer = edits.first_layer; layer < config_.layers; ++layer) {
        const HeldBlock held = hold(layer);
        LayerTaps tap;
        tap.attention_input = x;
        x = block(layer, tap, tables,
            { edit_of(edits.heads, layer), edit_of(edits.mlp_output, layer) });
        if (taps)
            taps->layers[static_cast<std::size_t>(layer)] = std::move(tap);
    }
    if (taps)
        taps->final_input = x;
    return final_norm(x);
}

torch::Tensor Transformer::unembed(const torch::Tensor& hidden) const
{
    const auto columns
        = weights_.unembedding.defined() ? weights_.unembedding : weights_.token_embedding.t();
    auto logits = affine(hidden, columns);
    if (weights_.unembedding_bias.defined())
        logits = logits + weights_.unembedding_bias;
    if (config_.logit_divisor != 1)
        logits = logits / config_.logit_divisor;
    return capped(widened(logits), config_.logit_cap);
}

torch::Tensor Transformer::logits(const torch::Tensor& ids, ForwardTaps* taps) const
{
    return unembed(hidden(ids, taps));
}

} // namespace circuitloom
