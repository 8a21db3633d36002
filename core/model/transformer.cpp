#include "core/model/transformer.h"

#include <limits>
#include <map>
#include <numbers>
#include <utility>

namespace circuitloom {

namespace {

torch::Tensor affine(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias)
{
    const auto flat = x.reshape({ -1, x.size(-1) });
    const auto y = bias.defined() ? torch::addmm(bias, flat, weight) : torch::mm(flat, weight);
    auto shape = x.sizes().vec();
    shape.back() = weight.size(1);
    return y.view(shape);
}

// The frequencies as the model was stretched to longer texts. Llama 3.1's ramp between slow and
// quick ones is as in Hugging Face's modeling_rope_utils: linear in the turns that a frequency
// makes over the original context.
torch::Tensor scaled(const torch::Tensor& frequency, const RopeScaling& scaling)
{
    if (scaling.kind == RopeKind::unscaled)
        return frequency;
    if (scaling.kind == RopeKind::linear)
        return frequency / scaling.factor;
    const auto turns = frequency * (scaling.original_positions / (2 * std::numbers::pi));
    const auto kept
        = ((turns - scaling.slow_turns) / (scaling.quick_turns - scaling.slow_turns)).clamp(0, 1);
    return frequency * (kept + (1 - kept) / scaling.factor);
}

// cos and sin of the rotary angles, [2, position, turned_dim / 2] (arXiv 2104.09864, eq. 34).
torch::Tensor rotary_angles(
    const ModelConfig& config, std::int64_t positions, const torch::TensorOptions& options)
{
    const auto precise = options.dtype(torch::kFloat64);
    const int dim = config.turned_dim();
    const auto frequency
        = scaled(torch::pow(config.rope_theta, -torch::arange(0, dim, 2, precise) / dim),
            config.rope_scaling);
    const auto angle = torch::arange(positions, precise).unsqueeze(1) * frequency;
    return torch::stack({ torch::cos(angle), torch::sin(angle) }).to(options.dtype());
}

// Rotates pairs (i, i + turned_dim / 2), Hugging Face's arrangement, and leaves what comes after
// them. x: [batch, head, position, dim].
torch::Tensor rotate(const torch::Tensor& x, const torch::Tensor& rotation)
{
    const auto half = rotation.size(-1);
    const auto parts = x.split_with_sizes({ half, half, x.size(-1) - 2 * half }, -1);
    const auto cosine = rotation[0];
    const auto sine = rotation[1];
    return torch::cat(
        { parts[0] * cosine - parts[1] * sine, parts[1] * cosine + parts[0] * sine, parts[2] }, -1);
}

// Accumulated in float32 or wider, as every library does.
torch::Tensor rms_norm(const torch::Tensor& x, const torch::Tensor& weight, double epsilon)
{
    const bool narrow = x.scalar_type() == torch::kBFloat16;
    const auto wide = narrow ? x.to(torch::kFloat32) : x;
    const auto unit = wide * torch::rsqrt(wide.square().mean(-1, true) + epsilon);
    return (narrow ? unit.to(x.scalar_type()) : unit) * weight;
}

// The numbers added to attention scores, [position, position]: minus infinity where a position
// (row) must not look at another (column), at the future and, where window > 0, at what lies
// `window` or more positions back; 0 elsewhere.
torch::Tensor attention_mask(
    std::int64_t positions, int window, const torch::TensorOptions& options)
{
    const auto all = torch::ones({ positions, positions }, options.dtype(torch::kBool));
    auto hidden = all.triu(1);
    if (window > 0 && window < positions)
        hidden = hidden.logical_or(all.tril(-window));
    return torch::zeros({ positions, positions }, options)
        .masked_fill_(hidden, -std::numeric_limits<double>::infinity());
}

// The edit of that layer; undefined where there is none.
torch::Tensor edit_of(const std::vector<torch::Tensor>& edits, int layer)
{
    const auto at = static_cast<std::size_t>(layer);
    return at < edits.size() ? edits[at] : torch::Tensor();
}

} // namespace

Transformer::Transformer(ModelConfig config, Weights weights)
    : config_(std::move(config))
    , weights_(std::move(weights))
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

torch::Tensor Transformer::norm(
    const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) const
{
    if (config_.norm == NormKind::layer_norm)
        return torch::layer_norm(x, { config_.d_model }, weight, bias, config_.norm_epsilon);
    return rms_norm(x, weight, config_.norm_epsilon);
}

torch::Tensor Transformer::embed(const torch::Tensor& ids) const
{
    auto x = torch::embedding(weights_.token_embedding, ids);
    if (config_.position == PositionKind::learned)
        x = x + weights_.position_embedding.narrow(0, 0, ids.size(1));
    return x;
}

PositionTables Transformer::position_tables(std::int64_t positions) const
{
    const auto options = weights_.token_embedding.options().requires_grad(false);
    PositionTables tables;
    if (config_.position == PositionKind::rotary)
        tables.rotation = rotary_angles(config_, positions, options);
    std::map<int, torch::Tensor> by_window;
    for (int layer = 0; layer < config_.layers; ++layer) {
        const int window = config_.attention_window(layer);
        auto& mask = by_window[window];
        if (!mask.defined())
            mask = attention_mask(positions, window, options);
        tables.masks.push_back(mask);
    }
    return tables;
}

Transformer::HeadInputs Transformer::head_inputs(
    int layer, const torch::Tensor& qkv, const PositionTables& tables) const
{
    const auto batch = qkv.size(0);
    const auto positions = qkv.size(1);
    const std::int64_t dim = config_.head_dim;
    const std::int64_t heads = config_.heads;
    const std::int64_t kv_heads = config_.kv_heads;
    // Split at once, here and below: the parts' gradients are joined then, not padded and added.
    const auto parts = qkv.split_with_sizes({ heads * dim, kv_heads * dim, kv_heads * dim }, -1);
    const auto by_head = [&](const torch::Tensor& x) {
        return x.view({ batch, positions, x.size(-1) / dim, dim }).transpose(1, 2);
    };
    auto q = by_head(parts[0]);
    auto k = by_head(parts[1]);
    auto v = by_head(parts[2]);
    if (config_.qk_norm) {
        const double epsilon = config_.norm_epsilon;
        q = rms_norm(q, weights_.at(layer, LayerPart::query_norm_weight), epsilon);
        k = rms_norm(k, weights_.at(layer, LayerPart::key_norm_weight), epsilon);
    }
    if (config_.position == PositionKind::rotary) {
        q = rotate(q, tables.rotation);
        k = rotate(k, tables.rotation);
    }
    if (kv_heads != heads) {
        const auto shared = [&](const torch::Tensor& x) {
            return x.unsqueeze(2)
                .expand({ batch, kv_heads, heads / kv_heads, positions, dim })
                .reshape({ batch, heads, positions, dim });
        };
        k = shared(k);
        v = shared(v);
    }
    const auto flat = [&](const torch::Tensor& x) {
        return x.reshape({ batch * heads, positions, dim });
    };
    return { flat(q), flat(k), flat(v) };
}

torch::Tensor Transformer::attention_weights(
    int layer, const HeadInputs& inputs, const PositionTables& tables) const
{
    const auto scores = torch::baddbmm(tables.masks[static_cast<std::size_t>(layer)], inputs.query,
        inputs.key.transpose(1, 2), 1, config_.score_scale(layer));
    return torch::softmax(scores, -1);
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

torch::Tensor Transformer::after_attention(
    int layer, LayerTaps& tap, const torch::Tensor& mlp_output) const
{
    const auto part = [this, layer](LayerPart p) { return weights_.at(layer, p); };
    tap.attention_output
        = affine(tap.heads, part(LayerPart::output_weight), part(LayerPart::output_bias));
    const auto x = tap.attention_input + tap.attention_output;
    tap.mlp_input = config_.parallel_blocks ? tap.attention_input : x;
    tap.mlp_normed
        = norm(tap.mlp_input, part(LayerPart::mlp_norm_weight), part(LayerPart::mlp_norm_bias));
    tap.mlp_in
        = affine(tap.mlp_normed, part(LayerPart::mlp_in_weight), part(LayerPart::mlp_in_bias));
    tap.mlp_hidden = mlp_hidden(tap.mlp_in);
    tap.mlp_output = mlp_output.defined()
        ? mlp_output
        : affine(tap.mlp_hidden, part(LayerPart::mlp_out_weight), part(LayerPart::mlp_out_bias));
    return x + tap.mlp_output;
}

torch::Tensor Transformer::final_norm(const torch::Tensor& x) const
{
    return norm(x, weights_.final_norm_weight, weights_.final_norm_bias);
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
    for (int layer = edits.first_layer; layer < config_.layers; ++layer) {
        const auto part = [this, layer](LayerPart p) { return weights_.at(layer, p); };
        LayerTaps tap;
        tap.attention_input = x;
        tap.attention_normed
            = norm(x, part(LayerPart::attention_norm_weight), part(LayerPart::attention_norm_bias));
        tap.qkv
            = affine(tap.attention_normed, part(LayerPart::qkv_weight), part(LayerPart::qkv_bias));
        const auto heads = edit_of(edits.heads, layer);
        tap.heads = heads.defined() ? heads : attention(layer, tap.qkv, tables);
        x = after_attention(layer, tap, edit_of(edits.mlp_output, layer));
        if (taps)
            taps->layers[static_cast<std::size_t>(layer)] = std::move(tap);
    }
    if (taps)
        taps->final_input = x;
    return final_norm(x);
}

torch::Tensor Transformer::unembed(const torch::Tensor& hidden) const
{
    const auto logits = torch::matmul(hidden,
        weights_.unembedding.defined() ? weights_.unembedding : weights_.token_embedding.t());
    return dtype() == torch::kBFloat16 ? logits.to(torch::kFloat32) : logits;
}

torch::Tensor Transformer::logits(const torch::Tensor& ids, ForwardTaps* taps) const
{
    return unembed(hidden(ids, taps));
}

} // namespace circuitloom
