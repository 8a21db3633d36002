#include "core/base/error.h"
#include "core/discovery/selection.h"
#include "core/graph/edge_order.h"
#include "core/graph/entered_edges.h"
#include "core/tuning/masked_sgd.h"
#include "core/tuning/parameter_mask.h"
#include "tests/support/random_edges.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>
#include <torch/optim/sgd.h>

#include <cmath>
#include <limits>
#include <set>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

// An independent reading of algorithm.md, section 4: true for every entry that `circuit` opens.
std::vector<torch::Tensor> open_entries(
    const Transformer& model, const ComputationalGraph& graph, const Circuit& circuit)
{
    const ModelConfig& config = model.config();
    Weights flags = model.weights();
    for (auto* tensor : flags.all())
        *tensor = torch::zeros_like(*tensor, torch::kBool);
    const std::int64_t dim = config.head_dim;
    const std::int64_t group
        = graph.options().mlp_group_size == 0 ? config.mlp_width : graph.options().mlp_group_size;
    const auto open = [&](int layer, LayerPart part, std::int64_t axis, std::int64_t start,
                          std::int64_t count) {
        auto& tensor = flags.at(layer, part);
        if (tensor.defined())
            tensor.slice(axis, start, std::min(start + count, tensor.size(axis))).fill_(true);
    };
    const auto open_columns
        = [&](int layer, LayerPart weight, LayerPart bias, std::int64_t start, std::int64_t count) {
              open(layer, weight, 1, start, count);
              open(layer, bias, 0, start, count);
          };
    for (const ScoredEdge& scored : circuit)
        for (const NodeId end :
            { graph.edge(scored.edge).source, graph.edge(scored.edge).target }) {
            const Node node = graph.node(end);
            const std::int64_t i = std::max(0, node.index);
            using enum LayerPart;
            switch (node.kind) {
            case NodeKind::input:
            case NodeKind::logits:
                break;
            case NodeKind::head:
                open(node.layer, output_weight, 0, i * dim, dim);
                open(node.layer, output_bias, 0, 0, config.d_model);
                break;
            case NodeKind::query:
                open_columns(node.layer, qkv_weight, qkv_bias, i * dim, dim);
                break;
            case NodeKind::key:
                open_columns(node.layer, qkv_weight, qkv_bias, (config.heads + i) * dim, dim);
                break;
            case NodeKind::value:
                open_columns(node.layer, qkv_weight, qkv_bias,
                    (config.heads + config.kv_heads + i) * dim, dim);
                break;
            case NodeKind::mlp:
            case NodeKind::mlp_group:
                open(node.layer, mlp_out_weight, 0, i * group, group);
                open(node.layer, mlp_out_bias, 0, 0, config.d_model);
                break;
            case NodeKind::mlp_in:
            case NodeKind::mlp_group_in:
                open_columns(node.layer, mlp_in_weight, mlp_in_bias, i * group,
                    std::min(group, config.mlp_width - i * group));
                if (config.gated_mlp)
                    open_columns(node.layer, mlp_in_weight, mlp_in_bias,
                        config.mlp_width + i * group,
                        std::min(group, config.mlp_width - i * group));
                break;
            }
        }
    std::vector<torch::Tensor> result;
    for (auto* tensor : flags.all())
        result.push_back(*tensor);
    return result;
}

Circuit random_circuit(const ComputationalGraph& graph, std::size_t edges, Random& random)
{
    return random_edges(std::vector<float>(graph.edges().size(), 1.0F), edges, random);
}

std::vector<torch::Tensor> random_gradients(const Weights& weights, const ParameterMask& mask)
{
    std::vector<torch::Tensor> gradients;
    const auto all = weights.all();
    for (const ParameterSlice& slice : mask.slices())
        gradients.push_back(torch::randn_like(
            all[slice.parameter]->narrow(slice.dimension, slice.start, slice.length)));
    return gradients;
}

bool same_bits(const torch::Tensor& a, const torch::Tensor& b, const torch::Tensor& where)
{
    return torch::equal(a.masked_select(where), b.masked_select(where));
}

} // namespace

TEST_CASE("an entry outside the mask keeps its bits through momentum and weight decay")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox })
        for (const int group : { 0, 8, 12 }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(group);
            Transformer model = random_model(family, 17);
            const ComputationalGraph graph(
                model.config().graph_shape(), { GraphKind::full, group });
            MaskedSgd optimizer({ 0.9, 0.1 });
            Random random(5);
            bool moved = false;
            // The circuit changes at every step, so entries freeze with momentum still in them.
            for (int step = 0; step < 12; ++step) {
                const Circuit circuit = random_circuit(graph, 4, random);
                const auto mask = ParameterMask::of(
                    opened_parts(graph, circuit, true), graph, model.config(), model.weights());
                const auto open = open_entries(model, graph, circuit);
                std::vector<torch::Tensor> before;
                for (const auto* tensor : model.weights().all())
                    before.push_back(tensor->clone());

                std::int64_t expected = 0;
                for (const auto& flags : open)
                    expected += flags.sum().item<std::int64_t>();
                CHECK(mask.count(model.weights()) == expected);

                optimizer.step(
                    model.weights().all(), mask, random_gradients(model.weights(), mask), 0.05);
                const auto after = model.weights().all();
                for (std::size_t i = 0; i < after.size(); ++i) {
                    CHECK(same_bits(*after[i], before[i], open[i].logical_not()));
                    // Every open entry does move: its gradient is random, never zero.
                    CHECK(after[i]
                              ->masked_select(open[i])
                              .ne(before[i].masked_select(open[i]))
                              .all()
                              .item<bool>());
                    moved = moved || open[i].any().item<bool>();
                }
            }
            CHECK(moved);
        }
}

TEST_CASE("several heads of one layer open side by side")
{
    const Transformer model = random_model(ModelFamily::gpt2, 2);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 0 });
    Circuit circuit;
    for (const char* name : { "a0.h0->a1.h1<q>", "a0.h2->a1.h3<q>", "input->a1.h0<v>" })
        circuit.push_back({ *graph.find_edge(name), 1.0F });
    const OpenedParts parts = opened_parts(graph, circuit, false);
    CHECK(parts[0].output == std::vector<bool>{ true, false, true, false });
    CHECK(parts[1].query == std::vector<bool>{ false, true, false, true });
    CHECK(parts[1].value == std::vector<bool>{ true, false, false, false });
    CHECK(parts[1].key == std::vector<bool>(4, false));
    CHECK(parts[0].query == std::vector<bool>(4, false));
}

TEST_CASE("the paper's graph opens all of the first layer's q, k and v")
{
    const Transformer model = random_model(ModelFamily::gpt2, 2);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::paper, 0 });
    const Circuit circuit{ { *graph.find_edge("a0.h0->m1"), 1.0F } };
    CHECK(opened_parts(graph, circuit, true)[0].key == std::vector<bool>(4, true));
    CHECK(opened_parts(graph, circuit, false)[0].key == std::vector<bool>(4, false));
}

TEST_CASE("with everything open it is LibTorch's own SGD")
{
    Transformer model = random_model(ModelFamily::gpt2, 4);
    std::vector<torch::Tensor> theirs;
    for (const auto* tensor : model.weights().all())
        theirs.push_back(tensor->clone().requires_grad_());
    torch::optim::SGD reference(
        theirs, torch::optim::SGDOptions(0.01).momentum(0.9).weight_decay(0.05));
    MaskedSgd optimizer({ 0.9, 0.05 });
    const auto mask = ParameterMask::everything(model.weights());
    for (int step = 0; step < 5; ++step) {
        const auto gradients = random_gradients(model.weights(), mask);
        for (std::size_t i = 0; i < theirs.size(); ++i)
            theirs[i].mutable_grad() = gradients[i].clone();
        reference.step();
        optimizer.step(model.weights().all(), mask, gradients, 0.01);
    }
    const auto ours = model.weights().all();
    for (std::size_t i = 0; i < ours.size(); ++i)
        CHECK(torch::allclose(*ours[i], theirs[i], 1e-12, 1e-14));
}

TEST_CASE("selection takes the greatest |score|, ties by number, and random circuits are random")
{
    const std::vector<float> scores{ 0.1F, -3.0F, 2.0F, -2.0F, 0.0F };
    const Circuit strongest = strongest_edges(scores, 3);
    CHECK((strongest
        == Circuit{ { EdgeId{ 1 }, -3.0F }, { EdgeId{ 2 }, 2.0F }, { EdgeId{ 3 }, -2.0F } }));
    CHECK(strongest_edges(scores, 99).size() == scores.size());
    const std::vector<float> broken{ 1.0F, std::numeric_limits<float>::quiet_NaN() };
    CHECK_THROWS_AS(strongest_edges(broken, 1), Error);

    Random random(1);
    const std::vector<float> flat(50, 1.0F);
    std::vector<int> drawn(50);
    for (int i = 0; i < 2000; ++i) {
        std::set<std::int32_t> different;
        for (const ScoredEdge& scored : random_edges(flat, 5, random)) {
            different.insert(scored.edge.value);
            ++drawn[static_cast<std::size_t>(scored.edge.value)];
        }
        REQUIRE(different.size() == 5);
    }
    // 200 expected each; 6 deviations of a binomial are about 80.
    for (const int count : drawn)
        CHECK(std::abs(count - 200) < 80);
    CHECK(entered_edges(strongest, { { EdgeId{ 2 }, 1.0F } }) == 2);
}
