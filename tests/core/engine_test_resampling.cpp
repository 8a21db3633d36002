#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/edge_discovery.h"
#include "core/discovery/methods/scoring_method.h"
#include "core/discovery/resampling.h"
#include "core/discovery/selection.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

std::vector<EncodedExample> examples_of(std::size_t count, bool two_targets = false)
{
    Random random(7);
    const auto token = [&random] { return static_cast<std::int32_t>(random.below(13)); };
    std::vector<EncodedExample> examples(count);
    for (EncodedExample& example : examples) {
        const std::size_t length = 4 + random.below(5);
        for (std::size_t t = 0; t < length; ++t) {
            example.ids.push_back(token());
            example.corrupted.push_back(token());
        }
        const int last = static_cast<int>(length) - 2;
        for (int position = two_targets ? last - 1 : last; position <= last; ++position) {
            const auto target = example.ids[static_cast<std::size_t>(position) + 1];
            example.targets.push_back({ position, target, (target + 1) % 13 });
        }
    }
    return examples;
}

ScoredBatch batch_of(const std::vector<EncodedExample>& examples, std::size_t first, std::size_t count)
{
    std::vector<const EncodedExample*> part;
    for (std::size_t i = first; i < std::min(examples.size(), first + count); ++i)
        part.push_back(&examples[i]);
    return make_batch(part, torch::kCPU, torch::kFloat64);
}

BatchedSet set_of(const Transformer& model, const std::vector<EncodedExample>& examples, std::size_t size)
{
    BatchedSet set;
    set.batches = (examples.size() + size - 1) / size;
    set.examples = static_cast<std::int64_t>(examples.size());
    set.pass = [&, size](std::size_t index, bool gradients) {
        CleanPass pass;
        pass.batch = batch_of(examples, index * size, size);
        ForwardEdits root;
        root.embedding = model.embed(pass.batch.ids);
        if (gradients)
            root.embedding.requires_grad_();
        model.hidden(pass.batch.ids, &pass.taps, root);
        return pass;
    };
    return set;
}

/// The score of one example alone, against the mean over all of them.
torch::Tensor score_alone(const Transformer& model, const ComputationalGraph& graph,
    const std::vector<EncodedExample>& examples, std::size_t index, const DiscoveryOptions& options)
{
    BaselineActivations baseline = zero_baseline(model);
    if (options.baseline == Baseline::mean) {
        MeanAccumulator means;
        const CleanPass all = set_of(model, examples, examples.size()).pass(0, false);
        means.add(all.taps, all.batch.mask);
        baseline = means.mean();
    }
    const CleanPass pass = set_of(model, examples, 1).pass(index, true);
    if (options.baseline == Baseline::corrupted)
        baseline = corrupted_baseline(model, pass.batch);
    EdgeScores scores(model, graph);
    step_scoring_method(options.method).add(scores, { model, graph, options, pass, baseline }, 1);
    return scores.scores();
}

BlockScores blocks_of(const torch::Tensor& of_each)
{
    BlockScores blocks;
    blocks.parts = of_each / of_each.size(0);
    blocks.examples.assign(static_cast<std::size_t>(of_each.size(0)), 1);
    return blocks;
}

double type_7(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto i = static_cast<std::size_t>(std::floor(place));
    const double above = i + 1 < values.size() ? values[i + 1] : values[i];
    return values[i] + (place - std::floor(place)) * (above - values[i]);
}

} // namespace

TEST_CASE("the scores kept for each example are those that it has alone, whatever the batches are")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        Transformer model = random_model(family, 41);
        model.set_requires_grad(false);
        const ComputationalGraph graph(model.config().graph_shape(),
            { GraphKind::full, family == ModelFamily::gpt2 ? 8 : 0 });
        const auto examples = examples_of(7, true);
        for (const auto method : { AttributionMethod::eap, AttributionMethod::eap_ig })
            for (const auto baseline : { Baseline::mean, Baseline::zero, Baseline::corrupted })
                for (const auto positions : { ScoredPositions::target, ScoredPositions::all })
                    for (const std::size_t size : { std::size_t{ 3 }, examples.size() }) {
                        const DiscoveryOptions options{ method, baseline, positions };
                        CAPTURE(static_cast<int>(method));
                        CAPTURE(static_cast<int>(baseline));
                        CAPTURE(static_cast<int>(positions));
                        CAPTURE(size);
                        const auto set = set_of(model, examples, size);
                        BlockScores blocks;
                        const auto scores = score_set(model, graph, step_scoring_method(method),
                            options, set, default_scoring_memory, &blocks);
                        const auto without = score_set(
                            model, graph, step_scoring_method(method), options, set);
                        CHECK(torch::equal(scores, without));
                        REQUIRE(blocks.examples.size() == examples.size());
                        for (std::size_t i = 0; i < examples.size(); ++i) {
                            const auto alone = score_alone(model, graph, examples, i, options);
                            const auto kept = blocks.parts[static_cast<std::int64_t>(i)]
                                * static_cast<double>(examples.size());
                            CHECK(torch::allclose(kept, alone, 1e-7,
                                1e-9 * alone.abs().max().item<double>()));
                        }
                        CHECK(torch::allclose(blocks.parts.sum(0), scores, 1e-7,
                            1e-9 * scores.abs().max().item<double>()));
                    }
    }
}

TEST_CASE("where the memory does not hold every example, neighbours share a block of their sum")
{
    Transformer model = random_model(ModelFamily::gpt2, 42);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto options = torch::TensorOptions().dtype(torch::kFloat64);
    const BlockSums one(graph, 8, 1, false, options, 0);
    CHECK(one.blocks() == 1);
    const std::int64_t bytes = one.bytes() + static_cast<std::int64_t>(graph.edges().size()) * 8;
    BlockSums sums(graph, 8, 10, false, options, 3 * bytes);
    REQUIRE(sums.blocks() == 3);
    // Ten examples of two rows each, in batches of four; the row's number is what it adds.
    for (std::int64_t first = 0; first < 10; first += 4) {
        const std::int64_t count = std::min<std::int64_t>(4, 10 - first);
        sums.next_batch(first, 2);
        const auto rows = torch::arange(2 * count, torch::kInt64);
        const auto value = (rows + 2 * first).to(torch::kFloat64);
        const auto writers = torch::ones({ graph.upstream_count(), 1, 1 }, options)
            * value.reshape({ 1, -1, 1 });
        sums.add(writers, 0, torch::ones({ graph.downstream_count(), 2 * count, 1 }, options), 0,
            sums.segments(rows), 0.5);
    }
    const BlockScores found = sums.scores(torch::zeros({ 1 }, torch::kInt64));
    CHECK(found.examples == std::vector<std::int64_t>{ 4, 3, 3 });
    CHECK(found.parts[0][0].item<double>() == doctest::Approx(0.5 * 28)); // 0 to 7
    CHECK(found.parts[1][0].item<double>() == doctest::Approx(0.5 * 63)); // 8 to 13
    CHECK(found.parts[2][0].item<double>() == doctest::Approx(0.5 * 99)); // 14 to 19
}

TEST_CASE("resampling agrees with a bootstrap that averages the examples' scores one by one")
{
    Transformer model = random_model(ModelFamily::gpt2, 43);
    model.set_requires_grad(false);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto examples = examples_of(9);
    const DiscoveryOptions options{ AttributionMethod::eap, Baseline::mean };
    std::vector<std::vector<double>> alone;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto scores = score_alone(model, graph, examples, i, options);
        alone.emplace_back(scores.data_ptr<double>(), scores.data_ptr<double>() + scores.numel());
    }
    const std::size_t edges = graph.edges().size();
    for (const auto rule :
        { SelectionRule::top_n, SelectionRule::top_nodes, SelectionRule::threshold }) {
        DiscoveryPlan plan;
        plan.options = options;
        plan.batch = 4;
        plan.seed = 11;
        plan.resamples = 60;
        plan.selection.rule = rule;
        plan.selection.n = 12;
        plan.selection.threshold = 0.01;
        const DiscoveredEdges found = discover_edges(model, graph, examples, plan);
        REQUIRE(found.certainty);

        Random random(11);
        std::vector<std::vector<double>> scores(60, std::vector<double>(edges));
        std::vector<std::set<int>> circuits(60);
        for (std::size_t r = 0; r < 60; ++r) {
            for (std::size_t i = 0; i < examples.size(); ++i) {
                const auto& drawn = alone[random.below(examples.size())];
                for (std::size_t e = 0; e < edges; ++e)
                    scores[r][e] += drawn[e] / static_cast<double>(examples.size());
            }
            const std::vector<float> rounded(scores[r].begin(), scores[r].end());
            for (const ScoredEdge& edge : select_edges(graph, rounded, plan.selection))
                circuits[r].insert(edge.edge.value);
        }
        double jaccard = 0;
        for (std::size_t a = 0; a < 60; ++a)
            for (std::size_t b = 0; b < a; ++b) {
                std::vector<int> shared, all;
                std::ranges::set_intersection(circuits[a], circuits[b], std::back_inserter(shared));
                std::ranges::set_union(circuits[a], circuits[b], std::back_inserter(all));
                jaccard += all.empty() ? 1.0
                                       : static_cast<double>(shared.size())
                        / static_cast<double>(all.size());
            }
        CHECK(found.certainty->stability.jaccard == doctest::Approx(jaccard / (60 * 59 / 2)));
        for (std::size_t e = 0; e < edges; ++e) {
            const EdgeCertainty& edge = found.certainty->edges[e];
            const auto in = std::ranges::count_if(
                circuits, [e](const auto& one) { return one.contains(static_cast<int>(e)); });
            CHECK(edge.inclusion == doctest::Approx(static_cast<double>(in) / 60));
            std::vector<double> of_edge;
            for (const auto& one : scores)
                of_edge.push_back(one[e]);
            CHECK(edge.low == doctest::Approx(type_7(of_edge, 0.025)).epsilon(1e-5));
            CHECK(edge.high == doctest::Approx(type_7(of_edge, 0.975)).epsilon(1e-5));
        }
    }
}

TEST_CASE("of one example every resample would be the same, which says nothing: it is refused")
{
    Transformer model = random_model(ModelFamily::llama, 44);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 0 });
    DiscoveryPlan plan;
    plan.resamples = 20;
    plan.selection.n = 9;
    CHECK_THROWS_AS(discover_edges(model, graph, examples_of(1), plan), InputError);
    plan.resamples = 1;
    CHECK_THROWS_AS(discover_edges(model, graph, examples_of(4), plan), InputError);
    plan.resamples = 2;
    const DiscoveredEdges found = discover_edges(model, graph, examples_of(4), plan);
    for (const EdgeCertainty& edge : found.certainty->edges)
        CHECK((edge.inclusion == 0 || edge.inclusion == 0.5F || edge.inclusion == 1));
}

TEST_CASE("with many resamples the median lies at the score, and the interval is as wide as theory")
{
    // One edge of a graph gets normal scores, the others none.
    const ComputationalGraph graph(GraphShape{ 1, 1, 1, 8 }, {});
    const auto edges = static_cast<std::int64_t>(graph.edges().size());
    torch::manual_seed(3);
    const auto of_each = torch::zeros({ 100, edges }, torch::kFloat64);
    of_each.select(1, 0).copy_(1 + torch::randn({ 100 }, torch::kFloat64));
    const double mean = of_each.select(1, 0).mean().item<double>();
    const double spread = of_each.select(1, 0).std(false).item<double>() / 10;
    Resampling how;
    how.resamples = 20'000;
    how.selection.n = 1;
    const EdgeId first{ 0 };
    const ScoreCertainty found = resample_scores(graph, blocks_of(of_each), how, { &first, 1 });
    REQUIRE(found.edges.size() == 1);
    const EdgeCertainty& edge = found.edges.front();
    CHECK(edge.low == doctest::Approx(mean - 1.96 * spread).epsilon(0.02));
    CHECK(edge.high == doctest::Approx(mean + 1.96 * spread).epsilon(0.02));
    CHECK((edge.low + edge.high) / 2 == doctest::Approx(mean).epsilon(0.01));
    CHECK(edge.sign_certain());
    CHECK(edge.inclusion == 1);
}

TEST_CASE("the same seed draws the same resamples, another one others")
{
    const ComputationalGraph graph(GraphShape{ 2, 2, 2, 8 }, {});
    torch::manual_seed(4);
    const auto blocks = blocks_of(
        torch::randn({ 12, static_cast<std::int64_t>(graph.edges().size()) }, torch::kFloat64));
    const auto drawn = [&](std::uint64_t seed) {
        Resampling how{ 50, seed, {}, {} };
        how.selection.n = 6;
        return resample_scores(graph, blocks, how);
    };
    CHECK((drawn(1).edges == drawn(1).edges));
    CHECK((drawn(1).edges != drawn(2).edges));
    // Of pure noise the circuits are hardly more alike than random ones of their size.
    const CircuitStability stability = drawn(1).stability;
    CHECK(stability.chance
        == doctest::Approx(6.0 / (2.0 * static_cast<double>(graph.edges().size()) - 6)));
    CHECK(stability.jaccard > stability.chance);
    CHECK(stability.jaccard < 0.6);
}

TEST_CASE("without resamples nothing is resampled, and methods without examples' scores are refused")
{
    Transformer model = random_model(ModelFamily::gpt2, 45);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto examples = examples_of(3);
    DiscoveryPlan plan;
    const DiscoveredEdges without = discover_edges(model, graph, examples, plan);
    CHECK_FALSE(without.certainty);
    plan.resamples = 10;
    CHECK(torch::equal(without.scores, discover_edges(model, graph, examples, plan).scores));
    for (const auto method : { AttributionMethod::exact, AttributionMethod::random }) {
        plan.options.method = method;
        CHECK_THROWS_AS(discover_edges(model, graph, examples, plan), InputError);
    }
}

TEST_CASE("the memory that a discovery may take holds the scores of blocks too")
{
    Transformer model = random_model(ModelFamily::gpt2, 42);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto examples = examples_of(40);
    DiscoveryPlan plan;
    plan.selection.n = 5;
    const std::int64_t without = discover_edges(model, graph, examples, plan).predicted_bytes;
    plan.resamples = 3;
    const DiscoveredEdges free = discover_edges(model, graph, examples, plan);
    CHECK(free.certainty->blocks == 40); // every example by itself
    const std::int64_t of_block
        = BlockSums::predicted_bytes(graph, model.config().d_model, 1, true, 8, 0);
    CHECK(free.predicted_bytes > without + 40 * of_block);
    CHECK(free.predicted_bytes < without + 40 * of_block + (std::int64_t{ 1 } << 20));
    // With room for twelve in the half that is theirs.
    plan.memory_bytes = 24 * of_block;
    const DiscoveredEdges bounded = discover_edges(model, graph, examples, plan);
    CHECK(bounded.certainty->blocks >= 2);
    CHECK(bounded.certainty->blocks * of_block <= plan.memory_bytes);
    CHECK(bounded.certainty->blocks < 40);
    CHECK(torch::allclose(bounded.scores, free.scores, 1e-9, 1e-12));
    CHECK(bounded.predicted_bytes < free.predicted_bytes);
}

TEST_CASE("a graph without edges is refused before anything is scored")
{
    const Transformer two_layers = random_model(ModelFamily::gptj, 5);
    ModelConfig config = two_layers.config();
    config.layers = 1;
    REQUIRE(config.parallel_blocks);
    Weights weights = two_layers.weights();
    weights.layers.resize(1);
    Transformer model(config, std::move(weights));
    const ComputationalGraph graph(config.graph_shape(), { GraphKind::paper, 0 });
    REQUIRE(graph.edges().empty());
    const auto examples = examples_of(4);
    DiscoveryPlan plan;
    for (const int resamples : { 0, 10 }) {
        plan.resamples = resamples;
        CHECK_THROWS_WITH_AS(discover_edges(model, graph, examples, plan),
            doctest::Contains("no edges"), InputError);
    }
}
