#include "core/base/error.h"
#include "core/model/transformer.h"
#include "core/run/engine.h"
#include "core/tuning/run_drift.h"
#include "core/tuning/tuned_model.h"
#include "tests/support/reference_transformer.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace circuitloom;
using doctest::Approx;
using testing::random_model;

namespace {

Transformer copy_of(const Transformer& model)
{
    Weights weights = model.weights();
    for (auto* tensor : weights.all())
        *tensor = tensor->detach().clone();
    return { model.config(), std::move(weights) };
}

std::map<std::string, ParameterDrift> by_name(const std::vector<NodeDrift>& nodes)
{
    std::map<std::string, ParameterDrift> found;
    for (const NodeDrift& node : nodes)
        found[node.node] = node.drift;
    return found;
}

ComputationalGraph graph_of(const Transformer& model, int group)
{
    const ModelConfig& config = model.config();
    return { { config.layers, config.heads, config.kv_heads, config.mlp_width,
                 config.parallel_blocks },
        { GraphKind::full, group } };
}

} // namespace

TEST_CASE("only the node whose parameters were moved has moved, by as much as was added")
{
    for (const ModelFamily family : { ModelFamily::gpt2, ModelFamily::llama }) {
        const Transformer before = random_model(family, 3);
        const ModelConfig& config = before.config();
        const int dim = config.head_dim;
        const int group = 4;
        const bool grouped = config.kv_heads != config.heads;
        const ComputationalGraph graph = graph_of(before, group);
        struct Moved
        {
            std::string node;
            LayerPart part;
            int dimension;
            int start;
            int length;
        };
        for (const Moved& moved : { Moved{ "a1.h1", LayerPart::output_weight, 0, dim, dim },
                 Moved{ "a1.h1", LayerPart::qkv_weight, 1, dim, dim },
                 Moved{ grouped ? "a1.kv0" : "a1.h0", LayerPart::qkv_weight, 1, config.heads * dim,
                     dim },
                 Moved{ grouped ? "a1.kv0" : "a1.h0", LayerPart::qkv_weight, 1,
                     (config.heads + config.kv_heads) * dim, dim },
                 Moved{ "m1.g1", LayerPart::mlp_in_weight, 1, group, group },
                 Moved{ "m1.g1", LayerPart::mlp_out_weight, 0, group, group } }) {
            CAPTURE(moved.node);
            Transformer after = copy_of(before);
            auto slice = after.weights()
                             .at(1, moved.part)
                             .narrow(moved.dimension, moved.start, moved.length);
            const auto added = torch::randn_like(slice) * 0.1;
            slice.add_(added);
            const double expected = added.norm().item<double>();
            for (const NodeDrift& node : node_drift(graph, before, after)) {
                CAPTURE(node.node);
                if (node.node == moved.node) {
                    CHECK(node.drift.absolute() == Approx(expected).epsilon(1e-4));
                    CHECK(*node.drift.relative() > 0);
                } else
                    CHECK(node.drift.absolute() == 0);
            }
            CHECK(whole_drift(before, after).absolute() == Approx(expected).epsilon(1e-4));
        }
    }
}

TEST_CASE("relative to the norm of the node's own parameters; shared biases belong to no node")
{
    const Transformer before = random_model(ModelFamily::gpt2, 5);
    const ComputationalGraph graph = graph_of(before, 4);
    Transformer after = copy_of(before);
    for (auto* tensor : after.weights().all())
        tensor->mul_(1.25); // a power of two and a half of one: exact
    const auto nodes = node_drift(graph, before, after);
    CHECK(nodes.size()
        == static_cast<std::size_t>(graph.shape().layers)
            * static_cast<std::size_t>(graph.shape().heads + graph.groups_per_mlp()));
    for (const NodeDrift& node : nodes)
        CHECK(*node.drift.relative() == Approx(0.25).epsilon(1e-6));
    CHECK(*whole_drift(before, after).relative() == Approx(0.25).epsilon(1e-6));

    Transformer biased = copy_of(before);
    biased.weights().at(0, LayerPart::output_bias).add_(1);
    biased.weights().at(0, LayerPart::mlp_out_bias).add_(1);
    for (const NodeDrift& node : node_drift(graph, before, biased))
        CHECK(node.drift.absolute() == 0);
    const ComputationalGraph whole = graph_of(before, 0);
    CHECK(by_name(node_drift(whole, before, biased)).at("m0").absolute() > 0);
}

TEST_CASE("a run's drift is that of its last checkpoint, and only what was opened moved")
{
    const testing::Folder folder;
    testing::Watcher watcher;
    RunConfig config = testing::tiny_run(folder);
    config.selection.n = 3;
    config.method = TuningMethod::fixed;
    const auto file = folder / "run.loom";
    REQUIRE(testing::tune(config, file, watcher) == RunState::finished);
    const ExperimentReader reader(file);
    const RunDrift drift = run_drift(reader, watcher.run);
    CHECK(drift.checkpoint.step == config.steps);
    CHECK(drift.whole.absolute() > 0);
    for (std::size_t i = 1; i < drift.nodes.size(); ++i)
        CHECK(*drift.nodes[i].drift.relative() <= *drift.nodes[i - 1].drift.relative());

    const RunDescription& run = reader.run(watcher.run).description;
    const ComputationalGraph graph(run.shape, run.graph);
    const Circuit circuit = reader.circuit(watcher.run, { 0 });
    std::string in_circuit;
    for (const ScoredEdge& edge : circuit)
        in_circuit += graph.edge_name(edge.edge) + " ";
    int moved = 0;
    for (const NodeDrift& node : drift.nodes)
        if (node.drift.absolute() > 0) {
            ++moved;
            CHECK_MESSAGE(in_circuit.find(node.node) != std::string::npos, node.node);
        }
    CHECK(moved > 0);
    CHECK(moved <= 6);
    CHECK_THROWS_AS(run_drift(reader, { 99 }), InputError);
}

TEST_CASE("a small change is measured in the numbers that the model has")
{
    const Transformer before = random_model(ModelFamily::gpt2, 5);
    REQUIRE((before.dtype() == torch::kFloat64));
    Transformer after = copy_of(before);
    auto slice = after.weights().at(1, LayerPart::mlp_out_weight);
    const auto added = torch::full_like(slice, 1e-9);
    slice.add_(added);
    const double expected = added.norm().item<double>();
    CHECK(whole_drift(before, after).absolute() / expected == Approx(1).epsilon(1e-4));
    const auto nodes = by_name(node_drift(graph_of(before, 0), before, after));
    CHECK(nodes.at("m1").absolute() / expected == Approx(1).epsilon(1e-4));
    CHECK(nodes.at("m0").absolute() == 0);
}
