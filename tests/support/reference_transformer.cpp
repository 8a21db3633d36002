#include "tests/support/reference_transformer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace circuitloom::testing {

namespace {

using torch::Tensor;

Tensor literal_rms(const ModelConfig& config, const Tensor& x, const Tensor& weight)
{
    return x / torch::sqrt((x * x).mean(-1, true) + config.norm_epsilon)
        * (config.norm_adds_one ? weight + 1 : weight);
}

Tensor literal_norm(
    const ModelConfig& config, const Tensor& x, const Tensor& weight, const Tensor& bias)
{
    if (!weight.defined())
        return x;
    if (config.norm == NormKind::rms_norm)
        return literal_rms(config, x, weight);
    const auto mean = x.mean(-1, true);
    const auto variance = ((x - mean) * (x - mean)).mean(-1, true);
    return (x - mean) / torch::sqrt(variance + config.norm_epsilon) * weight + bias;
}

// The angle by which pair i turns from one position to the next, as Llama 3.1's own code has it:
// wavelengths beyond a low limit are stretched, those below a high one kept, others interpolated.
double literal_frequency(
    const ModelConfig& config, int layer, std::int64_t pair, std::int64_t pairs)
{
    const bool local = config.local_rope_theta > 0
        && config.attention_windows.at(static_cast<std::size_t>(layer)) > 0;
    const double plain = std::pow(local ? config.local_rope_theta : config.rope_theta,
        -static_cast<double>(pair) / static_cast<double>(pairs));
    const RopeScaling& scaling = config.rope_scaling;
    if (local || scaling.kind == RopeKind::unscaled)
        return plain;
    if (scaling.kind == RopeKind::linear)
        return plain / scaling.factor;
    const double wavelength = 2 * M_PI / plain;
    if (wavelength < scaling.original_positions / scaling.quick_turns)
        return plain;
    if (wavelength > scaling.original_positions / scaling.slow_turns)
        return plain / scaling.factor;
    const double smooth = (scaling.original_positions / wavelength - scaling.slow_turns)
        / (scaling.quick_turns - scaling.slow_turns);
    return (1 - smooth) * plain / scaling.factor + smooth * plain;
}

// One position and one pair of coordinates at a time; coordinates beyond the turned ones stay.
Tensor literal_rotation(const ModelConfig& config, int layer, const Tensor& x)
{
    const std::int64_t turned = config.rotary_dim > 0 ? config.rotary_dim : config.head_dim;
    const std::int64_t half = turned / 2;
    std::vector<Tensor> positions;
    for (std::int64_t p = 0; p < x.size(1); ++p) {
        std::vector<Tensor> coordinates;
        for (std::int64_t i = 0; i < config.head_dim; ++i)
            coordinates.push_back(x.select(1, p).select(-1, i));
        for (std::int64_t i = 0; i < half; ++i) {
            const double angle = static_cast<double>(p) * literal_frequency(config, layer, i, half);
            const auto at = static_cast<std::size_t>(config.rotary_neighbours ? 2 * i : i);
            const auto with
                = config.rotary_neighbours ? at + 1 : at + static_cast<std::size_t>(half);
            const auto a = coordinates[at];
            const auto b = coordinates[with];
            coordinates[at] = a * std::cos(angle) - b * std::sin(angle);
            coordinates[with] = b * std::cos(angle) + a * std::sin(angle);
        }
        positions.push_back(torch::stack(coordinates, -1));
    }
    return torch::stack(positions, 1);
}

Tensor literal_activation(const ModelConfig& config, const Tensor& x)
{
    if (config.activation == Activation::silu)
        return x / (1 + torch::exp(-x));
    if (config.activation == Activation::relu)
        return torch::clamp_min(x, 0);
    if (config.activation == Activation::gelu)
        return 0.5 * x * (1 + torch::erf(x / std::sqrt(2.0)));
    return 0.5 * x * (1 + torch::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
}

class Reader
{
public:
    Reader(const ModelConfig& config, const ComputationalGraph& graph,
        const std::map<NodeId, Tensor>& changes)
        : config_(config)
        , graph_(graph)
        , changes_(changes)
    {
    }
    // The stream as this node alone sees it, through the norm.
    Tensor read(
        const Node& node, const Tensor& stream, const Tensor& weight, const Tensor& bias) const
    {
        const auto id = graph_.find_node(node);
        const auto change = id ? changes_.find(*id) : changes_.end();
        return literal_norm(
            config_, change == changes_.end() ? stream : stream + change->second, weight, bias);
    }

private:
    const ModelConfig& config_;
    const ComputationalGraph& graph_;
    const std::map<NodeId, Tensor>& changes_;
};

Tensor slice_bias(const Tensor& bias, std::int64_t start, std::int64_t count)
{
    return bias.defined() ? bias.narrow(0, start, count) : torch::zeros({ count }, torch::kFloat64);
}

Tensor attend(const ModelConfig& config, const Weights& weights, int layer, Tensor q, Tensor k,
    const Tensor& v)
{
    if (config.qk_norm && !config.qk_norm_joint) {
        q = literal_rms(config, q, weights.at(layer, LayerPart::query_norm_weight));
        k = literal_rms(config, k, weights.at(layer, LayerPart::key_norm_weight));
    }
    if (config.position == PositionKind::rotary
        && (config.turned_layers.empty()
            || config.turned_layers.at(static_cast<std::size_t>(layer)) == 1)) {
        q = literal_rotation(config, layer, q);
        k = literal_rotation(config, layer, k);
    }
    const double scale
        = config.attention_scale > 0 ? config.attention_scale : 1 / std::sqrt(config.head_dim);
    auto score = torch::einsum("bpd,bsd->bps", { q, k }) * scale;
    if (config.scale_by_layer)
        score = score / (layer + 1);
    if (config.attention_cap > 0)
        score = config.attention_cap * torch::tanh(score / config.attention_cap);
    const std::int64_t window = config.attention_windows.empty()
        ? 0
        : config.attention_windows.at(static_cast<std::size_t>(layer));
    for (std::int64_t p = 0; p < score.size(1); ++p)
        for (std::int64_t s = 0; s < score.size(2); ++s)
            if (s > p || (window > 0 && p - s >= window))
                score.select(1, p).select(1, s).fill_(-std::numeric_limits<double>::infinity());
    return torch::einsum("bps,bsd->bpd", { torch::softmax(score, -1), v });
}

} // namespace

ReferencePass reference_pass(const Transformer& model, const ComputationalGraph& graph,
    const Tensor& ids, const std::map<NodeId, Tensor>& changes)
{
    const torch::NoGradGuard no_grad;
    const ModelConfig& config = model.config();
    const Weights& weights = model.weights();
    const Reader reader(config, graph, changes);
    const bool ends = graph.options().kind == GraphKind::full;
    ReferencePass pass;
    // What a half of a layer adds to the stream. Its nodes' shares are recorded: where a norm comes
    // after their sum, each times that norm's multiplier over the scale of the sum.
    const auto leave = [&config](ReferencePass& into, const std::vector<Tensor>& shares,
                           const Tensor& bias, const Tensor& post_norm) {
        auto sum = torch::zeros_like(shares.front());
        for (const auto& share : shares)
            sum = sum + share;
        auto factor = torch::full({}, config.residual_scale, torch::kFloat64);
        if (post_norm.defined())
            factor = factor * (config.norm_adds_one ? post_norm + 1 : post_norm)
                / torch::sqrt((sum * sum).mean(-1, true) + config.norm_epsilon);
        for (const auto& share : shares)
            into.written.push_back(share * factor);
        return (bias.defined() ? sum + bias : sum) * factor;
    };

    auto stream = weights.token_embedding.index_select(0, ids.flatten())
                      .view({ ids.size(0), ids.size(1), config.d_model })
        * config.embedding_scale;
    if (config.position == PositionKind::learned)
        stream = stream
            + weights.position_embedding.slice(
                0, config.position_offset, config.position_offset + ids.size(1));
    if (ends)
        pass.written.push_back(stream);

    const std::int64_t dim = config.head_dim;
    for (int layer = 0; layer < config.layers; ++layer) {
        const auto get = [&](LayerPart part) { return weights.at(layer, part); };
        const auto projected = [&](const Node& node, std::int64_t column) {
            const auto x = reader.read(node, stream, get(LayerPart::attention_norm_weight),
                get(LayerPart::attention_norm_bias));
            return torch::matmul(x, get(LayerPart::qkv_weight).slice(1, column, column + dim))
                + slice_bias(get(LayerPart::qkv_bias), column, dim);
        };
        // q and k of every head, so that a norm over all of them can see them.
        std::vector<Tensor> queries, keys, values;
        for (int head = 0; head < config.heads; ++head)
            queries.push_back(projected({ NodeKind::query, layer, head }, head * dim));
        for (int head = 0; head < config.kv_heads; ++head) {
            keys.push_back(projected({ NodeKind::key, layer, head }, (config.heads + head) * dim));
            values.push_back(projected(
                { NodeKind::value, layer, head }, (config.heads + config.kv_heads + head) * dim));
        }
        if (config.qk_norm_joint) {
            const auto joint = [&](std::vector<Tensor>& parts, LayerPart weight) {
                parts = literal_rms(config, torch::cat(parts, -1), get(weight)).split(dim, -1);
            };
            joint(queries, LayerPart::query_norm_weight);
            joint(keys, LayerPart::key_norm_weight);
        }
        std::vector<Tensor> shares;
        for (int head = 0; head < config.heads; ++head) {
            const auto at = static_cast<std::size_t>(head);
            const auto shared = static_cast<std::size_t>(head / (config.heads / config.kv_heads));
            shares.push_back(torch::matmul(
                attend(config, weights, layer, queries[at], keys[shared], values[shared]),
                get(LayerPart::output_weight).slice(0, head * dim, (head + 1) * dim)));
        }
        auto after = stream
            + leave(pass, shares, get(LayerPart::output_bias),
                get(LayerPart::attention_post_norm_weight));
        const auto mlp_stream = config.parallel_blocks ? stream : after;
        const int groups = graph.groups_per_mlp();
        const bool one_norm = config.shared_norm;
        std::vector<Tensor> mlp_shares;
        for (int group = 0; group < groups; ++group) {
            // Groups of as many neurons as were asked for, the last with what is left.
            const std::int64_t asked = graph.options().mlp_group_size;
            const std::int64_t begin = group * asked;
            const std::int64_t size
                = asked == 0 ? config.mlp_width : std::min(asked, config.mlp_width - begin);
            const Node node = groups == 1 && graph.options().mlp_group_size == 0
                ? Node{ NodeKind::mlp_in, layer, -1 }
                : Node{ NodeKind::mlp_group_in, layer, group };
            const auto x = reader.read(node, mlp_stream,
                get(one_norm ? LayerPart::attention_norm_weight : LayerPart::mlp_norm_weight),
                get(one_norm ? LayerPart::attention_norm_bias : LayerPart::mlp_norm_bias));
            const auto in = [&](std::int64_t offset) {
                const auto start = offset + begin;
                return torch::matmul(x, get(LayerPart::mlp_in_weight).slice(1, start, start + size))
                    + slice_bias(get(LayerPart::mlp_in_bias), start, size);
            };
            const auto hidden = config.gated_mlp
                ? literal_activation(config, in(0)) * in(config.mlp_width)
                : literal_activation(config, in(0));
            mlp_shares.push_back(torch::matmul(
                hidden, get(LayerPart::mlp_out_weight).slice(0, begin, begin + size)));
        }
        stream = after
            + leave(pass, mlp_shares, get(LayerPart::mlp_out_bias),
                get(LayerPart::mlp_post_norm_weight));
    }
    const auto final_stream = reader.read(
        { NodeKind::logits, -1, -1 }, stream, weights.final_norm_weight, weights.final_norm_bias);
    pass.logits = torch::matmul(final_stream,
        weights.unembedding.defined() ? weights.unembedding : weights.token_embedding.t());
    if (weights.unembedding_bias.defined())
        pass.logits = pass.logits + weights.unembedding_bias;
    pass.logits = pass.logits / config.logit_divisor;
    if (config.logit_cap > 0)
        pass.logits = config.logit_cap * torch::tanh(pass.logits / config.logit_cap);
    return pass;
}

Transformer random_model(ModelFamily family, std::uint64_t seed)
{
    ModelConfig config;
    config.family = family;
    config.layers = 2;
    config.heads = 4;
    config.kv_heads = 4;
    config.head_dim = 4;
    config.d_model = 16;
    config.mlp_width = 32;
    config.vocabulary = 23;
    config.max_positions = 12;
    const auto like_llama = [&config] {
        config.kv_heads = 2;
        config.norm = NormKind::rms_norm;
        config.position = PositionKind::rotary;
        config.activation = Activation::silu;
        config.gated_mlp = true;
        config.attention_bias = config.output_bias = config.mlp_bias = false;
        config.tied_unembedding = false;
    };
    const auto like_gemma = [&] {
        like_llama();
        config.activation = Activation::gelu_tanh;
        config.norm_adds_one = true;
        config.embedding_scale = 4;
        config.tied_unembedding = true;
    };
    switch (family) {
    case ModelFamily::gpt2:
        config.scale_by_layer = true;
        break;
    case ModelFamily::llama:
        like_llama();
        config.rope_theta = 100;
        config.rope_scaling = { RopeKind::llama3, 4, 1, 4, 8 };
        break;
    case ModelFamily::mistral:
        like_llama();
        config.attention_windows = { 3, 3 };
        break;
    case ModelFamily::qwen2:
        like_llama();
        config.attention_bias = true;
        break;
    case ModelFamily::qwen3:
        like_llama();
        config.qk_norm = true;
        break;
    case ModelFamily::phi3:
        like_llama();
        config.rotary_dim = 2;
        config.attention_windows = { 4, 4 };
        break;
    case ModelFamily::granite:
        like_llama();
        config.attention_bias = config.output_bias = config.mlp_bias = true;
        config.embedding_scale = 1.7;
        config.residual_scale = 0.6;
        config.attention_scale = 0.3;
        config.logit_divisor = 3;
        break;
    case ModelFamily::smollm3:
        like_llama();
        config.turned_layers = { 1, 0 };
        break;
    case ModelFamily::gemma:
        like_gemma();
        break;
    case ModelFamily::gemma2:
        like_gemma();
        config.output_norms = true;
        config.attention_scale = 0.4;
        config.attention_cap = 2;
        config.logit_cap = 5;
        config.attention_windows = { 3, 0 };
        break;
    case ModelFamily::gemma3:
        like_gemma();
        config.output_norms = config.qk_norm = true;
        config.attention_windows = { 3, 0 };
        config.local_rope_theta = 50;
        config.rope_scaling = { RopeKind::linear, 2 };
        break;
    case ModelFamily::olmo2:
        like_llama();
        config.input_norms = false;
        config.output_norms = true;
        config.qk_norm = config.qk_norm_joint = true;
        break;
    case ModelFamily::gpt_neox:
        config.position = PositionKind::rotary;
        config.rotary_dim = 2;
        config.activation = Activation::gelu;
        config.parallel_blocks = true;
        config.tied_unembedding = false;
        break;
    case ModelFamily::gpt_neo:
        config.attention_bias = false;
        config.attention_scale = 1;
        config.attention_windows = { 0, 3 };
        break;
    case ModelFamily::gptj:
        config.position = PositionKind::rotary;
        config.rotary_neighbours = true;
        config.rotary_dim = 2;
        config.parallel_blocks = config.shared_norm = true;
        config.attention_bias = config.output_bias = false;
        config.tied_unembedding = false;
        config.unembedding_bias = true;
        break;
    case ModelFamily::opt:
        config.position_offset = 2;
        config.activation = Activation::relu;
        break;
    }
    Weights weights = random_weights(config, seed, torch::kFloat64);
    torch::manual_seed(seed);
    for (auto* tensor : weights.all())
        tensor->add_(0.3 * torch::randn_like(*tensor));
    return Transformer(config, std::move(weights));
}

} // namespace circuitloom::testing
