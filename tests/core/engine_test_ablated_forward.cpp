#include "core/base/error.h"
#include "core/base/random.h"
#include "core/evaluation/ablated_forward.h"
#include "core/evaluation/ablation_batches.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

// Three examples of different lengths with corrupted prompts; the first has two targets.
std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 }, { 5, 11, 6 } }, { 1, 5, 8, 3, 0, 2, 4 } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } }, { 4, 3, 9, 10 } },
        { { 6, 6, 13, 20, 22 }, { { 3, 22, 1 } }, { 6, 7, 13, 21, 22 } } };
}

// GPT-NeoX runs attention and MLP side by side; Qwen3 has norms between projection and attention,
// Gemma 2 behind attention and MLP as well, OLMo 2 there alone; Granite has factors, GPT-J one
// norm.
constexpr ModelFamily families[]
    = { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox, ModelFamily::qwen3,
          ModelFamily::gemma2, ModelFamily::olmo2, ModelFamily::granite, ModelFamily::gptj };
constexpr Baseline baselines[] = { Baseline::mean, Baseline::zero, Baseline::corrupted };
constexpr ScoredPositions both_positions[] = { ScoredPositions::target, ScoredPositions::all };
// The MLPs have 32 neurons: the last group of 12 is smaller.
const GraphOptions all_graphs[] = { { GraphKind::full, 0 }, { GraphKind::full, 12 },
    { GraphKind::paper, 0 }, { GraphKind::paper, 12 } };

EdgeSet random_set(std::size_t edges, double share, std::uint64_t seed)
{
    Random random(seed);
    EdgeSet kept(edges);
    for (std::size_t e = 0; e < edges; ++e)
        kept[e] = random.chance(share);
    return kept;
}

// A circuit as circuits are: most readers lose all their edges.
EdgeSet few_readers(const ComputationalGraph& graph, std::uint64_t seed)
{
    Random random(seed);
    EdgeSet kept(graph.edges().size());
    for (int i = 0; i < 12; ++i)
        kept[random.below(kept.size())] = true;
    return kept;
}

torch::Tensor corrupted_ids(const torch::Tensor& ids)
{
    auto corrupted = torch::zeros_like(ids);
    const auto task = examples();
    for (std::size_t b = 0; b < task.size(); ++b)
        for (std::size_t p = 0; p < task[b].corrupted.size(); ++p)
            corrupted[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(p)]
                = task[b].corrupted[p];
    return corrupted;
}

// Largest difference at positions that hold a token.
double difference(const torch::Tensor& a, const torch::Tensor& b, const torch::Tensor& mask)
{
    return ((a - b) * mask.unsqueeze(-1)).abs().max().item<double>();
}

struct Case
{
    const Transformer& model;
    const ComputationalGraph& graph;
    const AblationBatches& batches;
    Baseline baseline;

    void check(const EdgeSet& kept, std::int64_t memory = default_ablation_memory) const
    {
        const AblationBatch batch = batches.at(0);
        const auto& ids = batch.scored.ids;
        const auto expected = patched_logits(model, graph, kept, ids,
            batch.where.unsqueeze(-1).to(torch::kFloat64),
            written_baselines(model, graph, baseline, ids, batch.scored.mask, corrupted_ids(ids)));
        const auto actual = model.unembed(ablated_hidden(
            model, graph, AblationPlan(graph, kept), ids, batch.where, batch.baseline, memory));
        CHECK(difference(actual, expected, batch.scored.mask) < 1e-10);
    }
};

} // namespace

TEST_CASE("with nothing ablated the pass is the plain forward pass")
{
    for (const auto family : families)
        for (const auto& options : all_graphs)
            for (const auto positions : both_positions) {
                const Transformer model = random_model(family, 5);
                const ComputationalGraph graph(model.config().graph_shape(), options);
                const auto task = examples();
                const AblationBatches batches(model, task, Baseline::mean, positions, 8);
                const auto batch = batches.at(0);
                const AblationPlan plan(graph, EdgeSet(graph.edges().size(), true));
                CHECK(plan.stored().empty());
                const auto hidden = ablated_hidden(
                    model, graph, plan, batch.scored.ids, batch.where, batch.baseline);
                CHECK(
                    difference(hidden, model.hidden(batch.scored.ids), batch.scored.mask) < 1e-10);
            }
}

TEST_CASE("with everything ablated the output sees the sum of the baselines and the biases alone")
{
    for (const auto family : families)
        for (const int group_size : { 0, 12 })
            for (const auto kind : baselines) {
                const Transformer model = random_model(family, 6);
                const ComputationalGraph graph(
                    model.config().graph_shape(), { GraphKind::full, group_size });
                const auto task = examples();
                const AblationBatches batches(model, task, kind, ScoredPositions::all, 8);
                const auto batch = batches.at(0);
                const auto& ids = batch.scored.ids;
                auto stream = torch::zeros(
                    { ids.size(0), ids.size(1), model.config().d_model }, torch::kFloat64);
                for (const auto& baseline : written_baselines(
                         model, graph, kind, ids, batch.scored.mask, corrupted_ids(ids)))
                    stream = stream + baseline;
                for (int layer = 0; layer < model.config().layers; ++layer) {
                    const auto& weights = model.weights();
                    if (weights.at(layer, LayerPart::output_bias).defined())
                        stream = stream
                            + weights.at(layer, LayerPart::output_bias)
                                * model.config().residual_scale;
                    if (group_size > 0 && weights.at(layer, LayerPart::mlp_out_bias).defined())
                        stream = stream
                            + weights.at(layer, LayerPart::mlp_out_bias)
                                * model.config().residual_scale;
                }
                const auto expected = model.final_norm(stream);
                const auto actual = ablated_hidden(model, graph,
                    AblationPlan(graph, EdgeSet(graph.edges().size(), false)), ids, batch.where,
                    batch.baseline);
                CHECK(difference(actual, expected, batch.scored.mask) < 1e-10);
            }
}

TEST_CASE("any set of edges: as patching reader after reader computes it")
{
    for (const auto family : families)
        for (const auto& options : all_graphs)
            for (const auto kind : baselines)
                for (const auto positions : both_positions) {
                    CAPTURE(static_cast<int>(family));
                    CAPTURE(static_cast<int>(options.kind));
                    CAPTURE(options.mlp_group_size);
                    CAPTURE(static_cast<int>(kind));
                    CAPTURE(static_cast<int>(positions));
                    const bool usual = family == ModelFamily::gpt2 || family == ModelFamily::llama;
                    if (!usual && (kind != Baseline::corrupted || options.kind == GraphKind::paper))
                        continue;
                    const Transformer model = random_model(family, 11);
                    const ComputationalGraph graph(model.config().graph_shape(), options);
                    const auto task = examples();
                    const AblationBatches batches(model, task, kind, positions, 8);
                    const Case one{ model, graph, batches, kind };
                    const std::size_t edges = graph.edges().size();
                    one.check(EdgeSet(edges, false));
                    one.check(random_set(edges, 0.5, 1));
                    one.check(random_set(edges, 0.95, 2));
                    one.check(few_readers(graph, 3));
                }
}

TEST_CASE("the memory allowed changes nothing but the pace")
{
    const Transformer model = random_model(ModelFamily::llama, 12);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto task = examples();
    for (const auto kind : { Baseline::mean, Baseline::corrupted }) {
        const AblationBatches batches(model, task, kind, ScoredPositions::all, 8);
        const Case one{ model, graph, batches, kind };
        for (const std::int64_t memory : { 0, 20'000, 100'000 })
            one.check(random_set(graph.edges().size(), 0.5, 4), memory);
    }
}

TEST_CASE("a corrupted baseline is refused where an example has no corrupted prompt")
{
    const Transformer model = random_model(ModelFamily::gpt2, 1);
    auto task = examples();
    task[1].corrupted.clear();
    CHECK_THROWS_AS(
        AblationBatches(model, task, Baseline::corrupted, ScoredPositions::all, 8), InputError);
    CHECK_THROWS_AS(
        AblationBatches(model, {}, Baseline::mean, ScoredPositions::all, 8), InputError);
}
