#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/discovery/edge_attribution.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

// Three examples of different lengths; the first has two targets.
std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 }, { 5, 11, 6 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } }, { { 6, 6, 13, 20, 22 }, { { 3, 22, 1 } } } };
}

std::vector<const EncodedExample*> pointers(const std::vector<EncodedExample>& from)
{
    std::vector<const EncodedExample*> result;
    for (const auto& example : from)
        result.push_back(&example);
    return result;
}

// The metric as algorithm.md defines it, from logits, one span after another.
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

// True at the positions an edge is scored at, [batch, position, 1].
torch::Tensor scored_positions(
    const std::vector<EncodedExample>& task, std::int64_t positions, ScoredPositions which)
{
    auto scored
        = torch::zeros({ static_cast<std::int64_t>(task.size()), positions, 1 }, torch::kFloat64);
    for (std::size_t b = 0; b < task.size(); ++b) {
        auto row = scored[static_cast<std::int64_t>(b)];
        if (which == ScoredPositions::all)
            row.slice(0, 0, static_cast<std::int64_t>(task[b].ids.size())).fill_(1);
        else
            for (const auto& target : task[b].targets)
                row[target.position].fill_(1);
    }
    return scored;
}

torch::Tensor mean_over_tokens(
    const torch::Tensor& written, const std::vector<EncodedExample>& task)
{
    auto sum = torch::zeros({ written.size(2) }, torch::kFloat64);
    double tokens = 0;
    for (std::size_t b = 0; b < task.size(); ++b)
        for (std::size_t p = 0; p < task[b].ids.size(); ++p) {
            sum += written[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(p)];
            tokens += 1;
        }
    return sum / tokens;
}

void check_against_finite_differences(
    ModelFamily family, const GraphOptions& options, ScoredPositions which)
{
    const Transformer model = [family] {
        Transformer made = random_model(family, 7);
        made.set_requires_grad(true);
        return made;
    }();
    const ComputationalGraph graph(model.config().graph_shape(), options);
    const auto task = examples();
    const auto scores = discover_edges(model, graph, task, which, 16);
    REQUIRE(scores.size(0) == static_cast<std::int64_t>(graph.edges().size()));

    const auto batch = make_batch(pointers(task), torch::kCPU, torch::kFloat64);
    const auto clean = reference_pass(model, graph, batch.ids);
    const auto where = scored_positions(task, batch.ids.size(1), which);
    const double scale = scores.abs().max().item<double>();
    // A prime stride visits every kind of edge in a fraction of the time.
    const std::size_t stride = graph.edges().size() > 400 ? 11 : 1;
    for (std::size_t i = 0; i < graph.edges().size(); i += stride) {
        const Edge& edge = graph.edges()[i];
        const auto& written = clean.written[static_cast<std::size_t>(edge.source.value)];
        const auto direction = (written - mean_over_tokens(written, task)) * where;
        const double epsilon = 1e-4;
        const auto metric_at = [&](double step) {
            return literal_metric(
                reference_pass(model, graph, batch.ids, { { edge.target, -step * direction } })
                    .logits,
                task);
        };
        const double slope = (metric_at(epsilon) - metric_at(-epsilon)) / (2 * epsilon);
        INFO(graph.edge_name({ static_cast<std::int32_t>(i) }));
        CHECK(scores[static_cast<std::int64_t>(i)].item<double>()
            == doctest::Approx(-slope).epsilon(1e-5).scale(1e-2 * scale));
    }
}

} // namespace

TEST_CASE("an edge's score is the metric's slope when that edge alone is patched")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox,
             ModelFamily::qwen3, ModelFamily::gpt_neo })
        for (const auto which : { ScoredPositions::target, ScoredPositions::all }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(static_cast<int>(which));
            check_against_finite_differences(family, { GraphKind::full, 0 }, which);
            check_against_finite_differences(family, { GraphKind::full, 8 }, which);
            check_against_finite_differences(family, { GraphKind::paper, 8 }, which);
        }
}

TEST_CASE("the forward pass agrees with the literal reading of the graph")
{
    for (const auto family :
        { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::mistral, ModelFamily::qwen2,
            ModelFamily::qwen3, ModelFamily::gpt_neox, ModelFamily::gpt_neo }) {
        CAPTURE(static_cast<int>(family));
        const Transformer model = random_model(family, 3);
        const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 16 });
        const auto batch = make_batch(pointers(examples()), torch::kCPU, torch::kFloat64);
        const auto expected = reference_pass(model, graph, batch.ids).logits;
        CHECK(torch::allclose(model.logits(batch.ids), expected, 1e-10, 1e-10));
        CHECK(logit_difference(model, model.hidden(batch.ids), batch).item<double>()
            == doctest::Approx(literal_metric(expected, examples())).epsilon(1e-10));
    }
}

TEST_CASE("scores depend neither on the split into batches nor on order nor on padding")
{
    Transformer model = random_model(ModelFamily::llama, 11);
    model.set_requires_grad(true);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto task = examples();
    const auto whole = discover_edges(model, graph, task, ScoredPositions::target, 16);
    CHECK(whole.abs().max().item<double>() > 1e-6);
    // One example at a time there is no padding at all.
    CHECK(torch::allclose(
        whole, discover_edges(model, graph, task, ScoredPositions::target, 1), 1e-9, 1e-12));
    const std::vector<EncodedExample> turned{ task[2], task[0], task[1] };
    CHECK(torch::allclose(
        whole, discover_edges(model, graph, turned, ScoredPositions::target, 2), 1e-9, 1e-12));
}

TEST_CASE("a whole MLP's scores are the sums of its groups'")
{
    Transformer model = random_model(ModelFamily::gpt2, 5);
    model.set_requires_grad(true);
    const auto shape = model.config().graph_shape();
    const ComputationalGraph whole(shape, { GraphKind::full, 0 });
    const ComputationalGraph grouped(shape, { GraphKind::full, 8 });
    const auto task = examples();
    const auto coarse = discover_edges(model, whole, task, ScoredPositions::all, 4);
    const auto fine = discover_edges(model, grouped, task, ScoredPositions::all, 4);
    auto summed = torch::zeros_like(coarse);
    for (std::size_t i = 0; i < grouped.edges().size(); ++i) {
        Node source = grouped.node(grouped.edges()[i].source);
        Node target = grouped.node(grouped.edges()[i].target);
        if (source.kind == NodeKind::mlp_group)
            source = { NodeKind::mlp, source.layer, -1 };
        if (target.kind == NodeKind::mlp_group_in)
            target = { NodeKind::mlp_in, target.layer, -1 };
        const auto edge = whole.find_edge(*whole.find_node(source), *whole.find_node(target));
        REQUIRE(edge);
        summed[edge->value] += fine[static_cast<std::int64_t>(i)];
    }
    CHECK(torch::allclose(coarse, summed, 1e-9, 1e-12));
}

TEST_CASE("with the final norm's scale held, the scores into logits add up to the metric's change")
{
    // The metric is linear in the stream once the scale is fixed, so replacing every writer by its
    // mean changes it by exactly the sum of the scores of the edges into logits.
    Transformer model = random_model(ModelFamily::llama, 13);
    model.set_requires_grad(true);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto task = examples();
    const auto batch = make_batch(pointers(task), torch::kCPU, torch::kFloat64);
    const auto clean = reference_pass(model, graph, batch.ids);
    auto stream = torch::zeros_like(clean.written.front());
    auto ablated = torch::zeros_like(stream);
    for (const auto& written : clean.written) {
        stream = stream + written;
        ablated = ablated + mean_over_tokens(written, task);
    }
    ForwardTaps taps;
    model.hidden(batch.ids, &taps);
    // A metric whose norm's scale is a constant, by hand.
    const auto scale = torch::rsqrt(stream.square().mean(-1, true) + model.config().norm_epsilon);
    const auto frozen_logits = [&](const torch::Tensor& x) {
        return torch::matmul(
            x * scale * model.weights().final_norm_weight, model.weights().unembedding);
    };
    const auto frozen_metric = [&](const torch::Tensor& x) {
        const auto rows = frozen_logits(x)
                              .reshape({ -1, model.config().vocabulary })
                              .index_select(0, batch.row);
        return ((rows.gather(1, batch.target.unsqueeze(1))
                    - rows.gather(1, batch.alternative.unsqueeze(1)))
                    .squeeze(1)
            * batch.weight)
            .sum();
    };
    const auto gradients = tap_gradients(frozen_metric(taps.final_input), taps);
    MeanAccumulator means;
    means.add(taps, batch.mask);
    const auto scores
        = edge_scores(model, graph, taps, gradients, means.mean(), batch, ScoredPositions::target);
    double sum = 0;
    for (std::size_t i = 0; i < graph.edges().size(); ++i)
        if (graph.node(graph.edges()[i].target).kind == NodeKind::logits)
            sum += scores[static_cast<std::int64_t>(i)].item<double>();
    const double change
        = frozen_metric(stream).item<double>() - frozen_metric(ablated).item<double>();
    CHECK(sum == doctest::Approx(change).epsilon(1e-9));
}
