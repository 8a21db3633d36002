#include "tests/support/reference_transformer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace circuitloom::testing {

namespace {

using torch::Tensor;

Tensor literal_norm(
    const ModelConfig& config, const Tensor& x, const Tensor& weight, const Tensor& bias)
{
    if (config.norm == NormKind::rms_norm)
        return x / torch::sqrt((x * x).mean(-1, true) + config.norm_epsilon) * weight;
    const auto mean = x.mean(-1, true);
    const auto variance = ((x - mean) * (x - mean)).mean(-1, true);
    return (x - mean) / torch::sqrt(variance + config.norm_epsilon) * weight + bias;
}

// The angle by which pair i turns from one position to the next, as Llama 3.1's own code has it:
// wavelengths beyond a low limit are stretched, those below a high one kept, others interpolated.
double literal_frequency(const ModelConfig& config, std::int64_t pair, std::int64_t pairs)
{
    const double plain
        = std::pow(config.rope_theta, -static_cast<double>(pair) / static_cast<double>(pairs));
    const RopeScaling& scaling = config.rope_scaling;
    if (scaling.kind == RopeKind::unscaled)
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
Tensor literal_rotation(const ModelConfig& config, const Tensor& x)
{
    const std::int64_t turned = config.rotary_dim > 0 ? config.rotary_dim : config.head_dim;
    const std::int64_t half = turned / 2;
    std::vector<Tensor> positions;
    for (std::int64_t p = 0; p < x.size(1); ++p) {
        std::vector<Tensor> first, second;
        for (std::int64_t i = 0; i < half; ++i) {
            const double angle = static_cast<double>(p) * literal_frequency(config, i, half);
            const auto a = x.select(1, p).select(-1, i);
            const auto b = x.select(1, p).select(-1, i + half);
            first.push_back(a * std::cos(angle) - b * std::sin(angle));
            second.push_back(b * std::cos(angle) + a * std::sin(angle));
        }
        first.insert(first.end(), second.begin(), second.end());
        for (std::int64_t i = turned; i < config.head_dim; ++i)
            first.push_back(x.select(1, p).select(-1, i));
        positions.push_back(torch::stack(first, -1));
    }
    return torch::stack(positions, 1);
}

Tensor literal_activation(const ModelConfig& config, const Tensor& x)
{
    if (config.activation == Activation::silu)
        return x / (1 + torch::exp(-x));
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
    if (config.qk_norm) {
        const auto unit = [&config](const Tensor& x) {
            return x / torch::sqrt((x * x).mean(-1, true) + config.norm_epsilon);
        };
        q = unit(q) * weights.at(layer, LayerPart::query_norm_weight);
        k = unit(k) * weights.at(layer, LayerPart::key_norm_weight);
    }
    if (config.position == PositionKind::rotary) {
        q = literal_rotation(config, q);
        k = literal_rotation(config, k);
    }
    const double scale
        = config.attention_scale > 0 ? config.attention_scale : 1 / std::sqrt(config.head_dim);
    auto score = torch::einsum("bpd,bsd->bps", { q, k }) * scale;
    if (config.scale_by_layer)
        score = score / (layer + 1);
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

    auto stream = weights.token_embedding.index_select(0, ids.flatten())
                      .view({ ids.size(0), ids.size(1), config.d_model });
    if (config.position == PositionKind::learned)
        stream = stream + weights.position_embedding.slice(0, 0, ids.size(1));
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
        auto after = stream;
        for (int head = 0; head < config.heads; ++head) {
            const int shared = head / (config.heads / config.kv_heads);
            const auto q = projected({ NodeKind::query, layer, head }, head * dim);
            const auto k
                = projected({ NodeKind::key, layer, shared }, (config.heads + shared) * dim);
            const auto v = projected({ NodeKind::value, layer, shared },
                (config.heads + config.kv_heads + shared) * dim);
            const auto out = torch::matmul(attend(config, weights, layer, q, k, v),
                get(LayerPart::output_weight).slice(0, head * dim, (head + 1) * dim));
            pass.written.push_back(out);
            after = after + out;
        }
        if (get(LayerPart::output_bias).defined())
            after = after + get(LayerPart::output_bias);
        const auto mlp_stream = config.parallel_blocks ? stream : after;
        const int groups = graph.groups_per_mlp();
        for (int group = 0; group < groups; ++group) {
            // Groups of as many neurons as were asked for, the last with what is left.
            const std::int64_t asked = graph.options().mlp_group_size;
            const std::int64_t begin = group * asked;
            const std::int64_t size
                = asked == 0 ? config.mlp_width : std::min(asked, config.mlp_width - begin);
            const Node node = groups == 1 && graph.options().mlp_group_size == 0
                ? Node{ NodeKind::mlp_in, layer, -1 }
                : Node{ NodeKind::mlp_group_in, layer, group };
            const auto x = reader.read(
                node, mlp_stream, get(LayerPart::mlp_norm_weight), get(LayerPart::mlp_norm_bias));
            const auto in = [&](std::int64_t offset) {
                const auto start = offset + begin;
                return torch::matmul(x, get(LayerPart::mlp_in_weight).slice(1, start, start + size))
                    + slice_bias(get(LayerPart::mlp_in_bias), start, size);
            };
            const auto hidden = config.gated_mlp
                ? literal_activation(config, in(0)) * in(config.mlp_width)
                : literal_activation(config, in(0));
            const auto out = torch::matmul(
                hidden, get(LayerPart::mlp_out_weight).slice(0, begin, begin + size));
            pass.written.push_back(out);
            after = after + out;
        }
        if (get(LayerPart::mlp_out_bias).defined())
            after = after + get(LayerPart::mlp_out_bias);
        stream = after;
    }
    const auto final_stream = reader.read(
        { NodeKind::logits, -1, -1 }, stream, weights.final_norm_weight, weights.final_norm_bias);
    pass.logits = torch::matmul(final_stream,
        weights.unembedding.defined() ? weights.unembedding : weights.token_embedding.t());
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
    switch (family) {
    case ModelFamily::gpt2:
        config.scale_by_layer = true;
        break;
    case ModelFamily::llama:
    case ModelFamily::mistral:
    case ModelFamily::qwen2:
    case ModelFamily::qwen3:
        config.kv_heads = 2;
        config.norm = NormKind::rms_norm;
        config.position = PositionKind::rotary;
        config.activation = Activation::silu;
        config.gated_mlp = true;
        config.attention_bias = family == ModelFamily::qwen2;
        config.output_bias = config.mlp_bias = false;
        config.qk_norm = family == ModelFamily::qwen3;
        config.tied_unembedding = false;
        if (family == ModelFamily::mistral)
            config.attention_windows = { 3, 3 };
        if (family == ModelFamily::llama) {
            config.rope_theta = 100;
            config.rope_scaling = { RopeKind::llama3, 4, 1, 4, 8 };
        }
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
    }
    Weights weights = random_weights(config, seed, torch::kFloat64);
    torch::manual_seed(seed);
    for (auto* tensor : weights.all())
        tensor->add_(0.3 * torch::randn_like(*tensor));
    return Transformer(config, std::move(weights));
}

} // namespace circuitloom::testing
