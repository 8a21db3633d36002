#include "core/base/error.h"
#include "core/discovery/exact_patching.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 }, { 5, 11, 6 } }, { 1, 5, 8, 3, 0, 2, 4 } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } }, { 4, 3, 9, 10 } },
        { { 6, 6, 13, 20, 22 }, { { 3, 22, 1 } }, { 6, 7, 13, 21, 22 } } };
}

// Logit difference, averaged over an example's spans, then over examples.
double literal_metric(const torch::Tensor& logits, const std::vector<EncodedExample>& task)
{
    double total = 0;
    for (std::size_t b = 0; b < task.size(); ++b) {
        double example = 0;
        for (const auto& target : task[b].targets) {
            const auto at = logits[static_cast<std::int64_t>(b)][target.position];
            example += at[target.target].item<double>() - at[target.alternative].item<double>();
        }
        total += example / static_cast<double>(task[b].targets.size());
    }
    return total / static_cast<double>(task.size());
}

HiddenMetric metric_of(const Transformer& model)
{
    return [&model](const torch::Tensor& hidden, const ScoredBatch& batch) {
        return logit_difference(model, hidden, batch).item<double>();
    };
}

std::vector<EdgeId> every_edge(const ComputationalGraph& graph)
{
    std::vector<EdgeId> edges;
    for (std::size_t e = 0; e < graph.edges().size(); ++e)
        edges.push_back({ static_cast<std::int32_t>(e) });
    return edges;
}

void check(
    ModelFamily family, const GraphOptions& options, Baseline kind, ScoredPositions positions)
{
    const Transformer model = random_model(family, 21);
    const ComputationalGraph graph(model.config().graph_shape(), options);
    const auto task = examples();
    const AblationBatches batches(model, task, kind, positions, 8);
    // A prime stride visits every kind of edge in a fraction of the time.
    std::vector<EdgeId> edges;
    const std::size_t stride = graph.edges().size() > 400 ? 11 : 3;
    for (std::size_t e = 0; e < graph.edges().size(); e += stride)
        edges.push_back({ static_cast<std::int32_t>(e) });
    const auto scores = exact_scores(model, graph, edges, batches, metric_of(model));

    const auto batch = batches.at(0);
    const auto& ids = batch.scored.ids;
    auto corrupted = torch::zeros_like(ids);
    for (std::size_t b = 0; b < task.size(); ++b)
        for (std::size_t p = 0; p < task[b].corrupted.size(); ++p)
            corrupted[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(p)]
                = task[b].corrupted[p];
    const auto written = written_outputs(model, graph, ids);
    const auto baseline = written_baselines(model, graph, kind, ids, batch.scored.mask, corrupted);
    const auto where = batch.where.unsqueeze(-1).to(torch::kFloat64);
    const double clean = literal_metric(reference_pass(model, graph, ids).logits, task);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const Edge& edge = graph.edge(edges[i]);
        const auto u = static_cast<std::size_t>(edge.source.value);
        const auto patched = reference_pass(
            model, graph, ids, { { edge.target, (baseline[u] - written[u]) * where } });
        INFO(graph.edge_name(edges[i]));
        CHECK(scores[i]
            == doctest::Approx(clean - literal_metric(patched.logits, task)).epsilon(1e-9));
    }
}

} // namespace

TEST_CASE("the exact score of an edge is that of a plain two-pass patch")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox })
        for (const auto kind : { Baseline::mean, Baseline::zero, Baseline::corrupted })
            for (const auto positions : { ScoredPositions::target, ScoredPositions::all }) {
                CAPTURE(static_cast<int>(family));
                CAPTURE(static_cast<int>(kind));
                CAPTURE(static_cast<int>(positions));
                check(family, { GraphKind::full, 0 }, kind, positions);
                check(family, { GraphKind::full, 12 }, kind, positions);
                check(family, { GraphKind::paper, 8 }, kind, positions);
            }
}

TEST_CASE("exact scores where attention and MLP run side by side, and with norms of q and k")
{
    for (const auto family : { ModelFamily::gpt_neox, ModelFamily::qwen3 })
        for (const int group_size : { 0, 12 })
            check(
                family, { GraphKind::full, group_size }, Baseline::corrupted, ScoredPositions::all);
}

TEST_CASE("exact scores behind norms of outputs, without norms of inputs, with caps and factors")
{
    for (const auto family : later_families) {
        CAPTURE(static_cast<int>(family));
        check(family, { GraphKind::full, 0 }, Baseline::mean, ScoredPositions::all);
        check(family, { GraphKind::full, 12 }, Baseline::corrupted, ScoredPositions::all);
        check(family, { GraphKind::full, 0 }, Baseline::zero, ScoredPositions::target);
    }
}

TEST_CASE("exact scores do not depend on batches, memory or on which edges are asked for")
{
    const Transformer model = random_model(ModelFamily::llama, 22);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 0 });
    const auto task = examples();
    const auto metric = metric_of(model);
    const auto edges = every_edge(graph);
    const AblationBatches together(model, task, Baseline::mean, ScoredPositions::all, 8);
    const AblationBatches apart(model, task, Baseline::mean, ScoredPositions::all, 1);
    const auto expected = exact_scores(model, graph, edges, together, metric);
    ExactPatchingOptions one_at_a_time;
    one_at_a_time.memory_bytes = 0;
    std::int64_t last = 0;
    one_at_a_time.progress = [&last](std::int64_t done, std::int64_t total) {
        CHECK(done > last);
        CHECK(done <= total);
        last = done;
    };
    const auto split = exact_scores(model, graph, edges, apart, metric, one_at_a_time);
    CHECK(last == static_cast<std::int64_t>(edges.size() * task.size()));
    for (std::size_t e = 0; e < edges.size(); ++e)
        CHECK(split[e] == doctest::Approx(expected[e]).epsilon(1e-9));
    const std::vector<EdgeId> some{ edges[70], edges[3], edges[41] };
    const auto few = exact_scores(model, graph, some, together, metric);
    for (std::size_t i = 0; i < some.size(); ++i)
        CHECK(few[i]
            == doctest::Approx(expected[static_cast<std::size_t>(some[i].value)]).epsilon(1e-9));
}

TEST_CASE("exact patching ends when it is asked to")
{
    const Transformer model = random_model(ModelFamily::gpt2, 23);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 0 });
    const auto task = examples();
    const AblationBatches batches(model, task, Baseline::zero, ScoredPositions::target, 8);
    std::stop_source source;
    ExactPatchingOptions options;
    options.stop = source.get_token();
    options.memory_bytes = 0;
    options.progress = [&source](std::int64_t done, std::int64_t) {
        if (done == 5)
            source.request_stop();
    };
    CHECK_THROWS_AS(
        exact_scores(model, graph, every_edge(graph), batches, metric_of(model), options),
        Cancelled);
}
