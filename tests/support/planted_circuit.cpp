#include "tests/support/planted_circuit.h"

#include "core/base/random.h"

#include <numeric>
#include <utility>

namespace circuitloom::testing {

namespace {

constexpr int symbols = 14; // tokens, and positions
constexpr int dim = 16;
constexpr int heads = 4;
constexpr int width = heads * dim;
constexpr int previous_token_head = 2; // of layer 0
constexpr int induction_head = 1; // of layer 1

// Where each block of coordinates starts.
constexpr int token = 0;
constexpr int position = symbols;
constexpr int previous = 2 * symbols;
constexpr int answer = 3 * symbols;
constexpr int ballast = 4 * symbols;

constexpr double noise = 0.02;
constexpr double position_sharpness = 12; // logits of attention, about
constexpr double token_sharpness = 20;
constexpr double ballast_size = 6;
constexpr double certainty = 12;

ModelConfig planted_config()
{
    ModelConfig config;
    config.family = ModelFamily::gpt2;
    config.layers = 2;
    config.heads = config.kv_heads = heads;
    config.head_dim = dim;
    config.d_model = width;
    config.mlp_width = 8;
    config.vocabulary = config.max_positions = symbols;
    config.tied_unembedding = false;
    return config;
}

/// One head's slices of its layer's tensors, [d_model, dim] and for `out` [dim, d_model].
struct Head
{
    torch::Tensor query, key, value, out;
};

Head head_of(Weights& weights, int layer, int head)
{
    const auto& qkv = weights.at(layer, LayerPart::qkv_weight);
    const auto part = [&](int which) { return qkv.narrow(1, (which * heads + head) * dim, dim); };
    return { part(0), part(1), part(2),
        weights.at(layer, LayerPart::output_weight).narrow(0, head * dim, dim) };
}

// Carries `count` coordinates from the block at `from` to the one at `to`.
void carry(torch::Tensor matrix, int from, int to, double strength, int count = symbols)
{
    for (int i = 0; i < count; ++i)
        matrix[from + i][to + i] = strength;
}

} // namespace

Transformer planted_model()
{
    const ModelConfig config = planted_config();
    Weights weights = random_weights(config, 1, torch::kFloat64);
    torch::manual_seed(1);
    for (int layer = 0; layer < config.layers; ++layer) {
        for (const LayerPart part : { LayerPart::qkv_weight, LayerPart::output_weight })
            weights.at(layer, part).copy_(noise * torch::randn_like(weights.at(layer, part)));
        weights.at(layer, LayerPart::mlp_in_weight).zero_();
        weights.at(layer, LayerPart::mlp_out_weight).zero_();
    }
    weights.token_embedding.zero_();
    carry(weights.token_embedding, 0, token, 1);
    weights.token_embedding.select(1, ballast).fill_(ballast_size);
    weights.token_embedding.select(1, ballast + 1).fill_(-ballast_size);
    weights.position_embedding.zero_();
    carry(weights.position_embedding, 0, position, 1);
    weights.unembedding.zero_();
    carry(weights.unembedding, answer, 0, certainty);

    const Head first = head_of(weights, 0, previous_token_head);
    const Head second = head_of(weights, 1, induction_head);
    for (const Head& head : { first, second })
        for (auto matrix : { head.query, head.key, head.value, head.out })
            matrix.zero_();
    carry(first.query, position, 0, position_sharpness);
    carry(first.key, position, 1, 1, symbols - 1);
    carry(first.value, token, 0, 1);
    carry(first.out, 0, previous, 1);
    carry(second.query, token, 0, token_sharpness);
    carry(second.key, previous, 0, 1);
    carry(second.value, token, 0, 1);
    carry(second.out, 0, answer, 1);
    return Transformer(config, std::move(weights));
}

std::vector<std::string> planted_edges()
{
    return { "input->a0.h2<q>", "input->a0.h2<k>", "input->a0.h2<v>", "a0.h2->a1.h1<k>",
        "input->a1.h1<q>", "input->a1.h1<v>", "a1.h1->logits" };
}

std::vector<EncodedExample> planted_task(int examples, std::uint64_t seed)
{
    Random random(seed);
    std::vector<EncodedExample> task;
    for (int i = 0; i < examples; ++i) {
        std::vector<std::int32_t> alphabet(symbols);
        std::iota(alphabet.begin(), alphabet.end(), 0);
        random.shuffle(alphabet);
        const std::size_t length = 5 + random.below(3);
        EncodedExample example;
        example.ids.assign(
            alphabet.begin(), alphabet.begin() + static_cast<std::ptrdiff_t>(length));
        // Not the first token: it has no token before it, so a0.h2 takes it for its own.
        const std::size_t a = 1 + random.below(length - 2);
        std::size_t other = random.below(length - 2);
        if (other >= a)
            other += 2;
        const ScoredTarget target{ static_cast<int>(length), example.ids[a + 1],
            example.ids[other] };
        example.ids.push_back(example.ids[a]);
        example.ids.push_back(target.target);
        example.targets.push_back(target);
        task.push_back(std::move(example));
    }
    return task;
}

} // namespace circuitloom::testing
