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

// One position and one pair of coordinates at a time.
Tensor literal_rotation(const ModelConfig& config, const Tensor& x)
{
    const auto half = config.head_dim / 2;
    std::vector<Tensor> positions;
    for (std::int64_t p = 0; p < x.size(1); ++p) {
        std::vector<Tensor> first, second;
        for (std::int64_t i = 0; i < half; ++i) {
            const double angle = static_cast<double>(p)
                / std::pow(config.rope_theta, 2.0 * static_cast<double>(i) / config.head_dim);
            const auto a = x.select(1, p).select(-1, i);
            const auto b = x.select(1, p).select(-1, i + half);
            first.push_back(a * std::cos(angle) - b * std::sin(angle));
            second.push_back(b * std::cos(angle) + a * std::sin(angle));
        }
        first.insert(first.end(), second.begin(), second.end());
        positions.push_back(torch::stack(first, -1));
    }
    return torch::stack(positions, 1);
}

Tensor literal_activation(const ModelConfig& config, const Tensor& x)
{
    if (config.activation == Activation::silu)
        return x / (1 + torch::exp(-x));
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

Tensor attend(const ModelConfig& config, Tensor q, Tensor k, const Tensor& v)
{
    if (config.position == PositionKind::rotary) {
        q = literal_rotation(config, q);
        k = literal_rotation(config, k);
    }
    auto score = torch::einsum("bpd,bsd->bps", { q, k }) / std::sqrt(double(config.head_dim));
    for (std::int64_t p = 0; p < score.size(1); ++p)
        for (std::int64_t s = p + 1; s < score.size(2); ++s)
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
            const auto out = torch::matmul(attend(config, q, k, v),
                get(LayerPart::output_weight).slice(0, head * dim, (head + 1) * dim));
            pass.written.push_back(out);
            after = after + out;
        }
        if (get(LayerPart::output_bias).defined())
            after = after + get(LayerPart::output_bias);
        stream = after;
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
                node, stream, get(LayerPart::mlp_norm_weight), get(LayerPart::mlp_norm_bias));
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
    if (family == ModelFamily::llama) {
        config.kv_heads = 2;
        config.norm = NormKind::rms_norm;
        config.position = PositionKind::rotary;
        config.activation = Activation::silu;
        config.gated_mlp = true;
        config.attention_bias = config.output_bias = config.mlp_bias = false;
        config.tied_unembedding = false;
    }
    Weights weights = random_weights(config, seed, torch::kFloat64);
    torch::manual_seed(seed);
    for (auto* tensor : weights.all())
        tensor->add_(0.3 * torch::randn_like(*tensor));
    return Transformer(config, std::move(weights));
}

} // namespace circuitloom::testing
