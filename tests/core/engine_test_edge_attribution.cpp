#include "core/discovery/edge_attribution.h"
#include "core/discovery/edge_discovery.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/reference_transformer.h"

#include <doctest/doctest.h>

#include <array>
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

// The metric as algorithm.md, section 2, has it, from logits, one span after another.
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

torch::Tensor scores_of(Transformer& model, const ComputationalGraph& graph,
    const std::vector<EncodedExample>& task, ScoredPositions positions, int batch,
    DiscoveryOptions options = {}, std::int64_t memory_bytes = 0)
{
    options.positions = positions;
    DiscoveryPlan plan;
    plan.options = options;
    plan.batch = batch;
    plan.memory_bytes = memory_bytes;
    return discover_edges(model, graph, task, plan).scores;
}

void check_against_finite_differences(
    ModelFamily family, const GraphOptions& options, ScoredPositions which)
{
    Transformer model = random_model(family, 7);
    const ComputationalGraph graph(model.config().graph_shape(), options);
    const auto task = examples();
    const auto scores = scores_of(model, graph, task, which, 16);
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

// What each node writes instead, [batch, position, d_model] or as broadcasts to it.
std::vector<torch::Tensor> literal_baseline(const Transformer& model,
    const ComputationalGraph& graph, const std::vector<EncodedExample>& task, Baseline kind)
{
    const auto pass = [&](const std::vector<EncodedExample>& examples) {
        return reference_pass(
            model, graph, make_batch(pointers(examples), torch::kCPU, torch::kFloat64).ids)
            .written;
    };
    if (kind == Baseline::corrupted) {
        auto corrupted = task;
        for (auto& example : corrupted)
            example.ids = example.corrupted;
        return pass(corrupted);
    }
    auto written = pass(task);
    for (std::size_t u = 0; u < written.size(); ++u) {
        if (kind == Baseline::mean) {
            written[u] = mean_over_tokens(written[u], task);
            continue;
        }
        written[u].zero_();
        // A whole MLP's output includes b_out, which the reference adds on its own.
        const Node& node = graph.nodes()[u];
        const auto bias = node.kind == NodeKind::mlp
            ? model.weights().at(node.layer, LayerPart::mlp_out_bias)
            : torch::Tensor();
        if (bias.defined())
            written[u] = written[u] - bias * model.config().residual_scale;
    }
    return written;
}

void check_integrated_gradients(ModelFamily family, Baseline kind, int group)
{
    Transformer model = random_model(family, 23);
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, group });
    auto task = examples();
    for (auto& example : task)
        for (const auto id : example.ids)
            example.corrupted.push_back((id + 3) % 23);
    const auto batch = make_batch(pointers(task), torch::kCPU, torch::kFloat64);
    const auto clean = reference_pass(model, graph, batch.ids);
    const auto baseline = literal_baseline(model, graph, task, kind);
    constexpr std::array points{ 8, 96 };
    const auto scores_along = [&](IntegrationPath path) {
        std::array<torch::Tensor, points.size()> scores;
        for (std::size_t i = 0; i < points.size(); ++i) {
            DiscoveryOptions options;
            options.method = AttributionMethod::eap_ig;
            options.baseline = kind;
            options.path = path;
            options.integration_steps = points[i];
            scores[i] = scores_of(model, graph, task, ScoredPositions::all, 2, options);
        }
        return scores;
    };
    // Nodes that are replaced together, at all their readers: the embedding, one layer's heads, one
    // layer's MLP. Nothing before them changes, so what they write instead is a constant.
    const auto check = [&](const auto& scores, int first, int count) {
        std::map<NodeId, torch::Tensor> changes;
        for (int u = first; u < first + count; ++u)
            for (const Edge& edge : graph.edges())
                if (edge.source.value == u) {
                    const auto at = static_cast<std::size_t>(u);
                    auto& change = changes[edge.target];
                    const auto difference = baseline[at] - clean.written[at];
                    change = change.defined() ? change + difference : difference;
                }
        const double effect = literal_metric(clean.logits, task)
            - literal_metric(reference_pass(model, graph, batch.ids, changes).logits, task);
        std::vector<double> errors;
        for (const torch::Tensor& scored : scores) {
            double sum = 0;
            for (std::size_t i = 0; i < graph.edges().size(); ++i) {
                const auto u = graph.edges()[i].source.value;
                if (u >= first && u < first + count)
                    sum += scored[static_cast<std::int64_t>(i)].item<double>();
            }
            errors.push_back(std::abs(sum - effect));
        }
        INFO("effect " << effect << ", errors " << errors[0] << " and " << errors[1]);
        CHECK(errors[1] < 0.1 * std::max(std::abs(effect), 0.1));
        CHECK((errors[1] < errors[0] / 6 || errors[1] < 1e-6));
    };
    const int heads = model.config().heads;
    // Towards an embedding of zero a norm's slope grows without bound.
    const auto of_outputs = scores_along(IntegrationPath::outputs);
    if (kind != Baseline::zero) {
        check(scores_along(IntegrationPath::inputs), 0, 1);
        check(of_outputs, 0, 1);
    }
    check(of_outputs, 1, heads);
    check(of_outputs, 1 + heads, graph.groups_per_mlp());
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
            check_against_finite_differences(family, { GraphKind::full, 12 }, which);
            check_against_finite_differences(family, { GraphKind::paper, 8 }, which);
        }
}

TEST_CASE("so it is behind norms of outputs, without norms of inputs, with caps and factors")
{
    for (const auto family : later_families) {
        CAPTURE(static_cast<int>(family));
        check_against_finite_differences(family, { GraphKind::full, 0 }, ScoredPositions::all);
        check_against_finite_differences(family, { GraphKind::full, 12 }, ScoredPositions::target);
    }
}

TEST_CASE("what the nodes write adds up to the residual stream")
{
    const auto batch = make_batch(pointers(examples()), torch::kCPU, torch::kFloat64);
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::phi3,
             ModelFamily::gemma, ModelFamily::gptj, ModelFamily::opt, ModelFamily::granite,
             ModelFamily::smollm3, ModelFamily::gemma2, ModelFamily::gemma3, ModelFamily::olmo2 })
        for (const int group : { 0, 12 }) {
            CAPTURE(static_cast<int>(family));
            CAPTURE(group);
            const Transformer model = random_model(family, 17);
            const ComputationalGraph graph(
                model.config().graph_shape(), { GraphKind::full, group });
            ForwardTaps taps;
            const torch::NoGradGuard no_grad;
            model.hidden(batch.ids, &taps);
            const StreamGeometry geometry(model, graph);
            const auto rows = torch::arange(batch.ids.numel());
            auto stream = geometry.written(taps, zero_baseline(model), rows).sum(0);
            // Biases that several nodes share belong to none of them.
            for (int layer = 0; layer < model.config().layers; ++layer) {
                const auto add = [&](LayerPart part) {
                    const auto& bias = model.weights().at(layer, part);
                    if (bias.defined())
                        stream = stream + bias * model.config().residual_scale;
                };
                add(LayerPart::output_bias);
                if (group > 0)
                    add(LayerPart::mlp_out_bias);
            }
            CHECK(torch::allclose(stream, taps.final_input.flatten(0, 1), 1e-10, 1e-12));
        }
}

TEST_CASE("the gradients by the metric's own rows are those of the whole pass")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox,
             ModelFamily::gemma2, ModelFamily::olmo2 })
        for (const int group : { 0, 4 }) {
            Transformer model = random_model(family, 7);
            const ComputationalGraph graph(
                model.config().graph_shape(), { .mlp_group_size = group });
            auto task = examples();
            task.back().targets.push_back({ 3, 22, 9 }); // two targets at one position
            const auto batch = make_batch(pointers(task), torch::kCPU, torch::kFloat64);
            ForwardTaps taps;
            ForwardEdits root;
            root.embedding = model.embed(batch.ids).requires_grad_();
            const auto hidden = model.hidden(batch.ids, &taps, root);
            const auto whole = tap_gradients(logit_difference(model, hidden, batch), taps, graph);
            const auto tail = metric_tail(model, taps, batch.row);
            const auto quick = tap_gradients(
                task_metric_of_rows(model, tail.hidden, batch, MetricKind::logit_diff), tail, taps,
                graph);
            const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
                return torch::allclose(a, b, 1e-10, 1e-13);
            };
            CHECK(same(quick.final_input, whole.final_input));
            for (std::size_t layer = 0; layer < taps.layers.size(); ++layer) {
                CHECK(same(quick.qkv[layer], whole.qkv[layer]));
                if (group == 0)
                    CHECK(same(quick.mlp_normed[layer], whole.mlp_normed[layer]));
                else
                    CHECK(same(quick.mlp_in[layer], whole.mlp_in[layer]));
            }
        }
}

TEST_CASE("the forward pass agrees with the literal reading of the graph")
{
    for (const auto family :
        { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::mistral, ModelFamily::qwen2,
            ModelFamily::qwen3, ModelFamily::gpt_neox, ModelFamily::gpt_neo, ModelFamily::phi3,
            ModelFamily::gemma, ModelFamily::gptj, ModelFamily::opt, ModelFamily::granite,
            ModelFamily::smollm3, ModelFamily::gemma2, ModelFamily::gemma3, ModelFamily::olmo2 }) {
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
    const ComputationalGraph graph(model.config().graph_shape(), { GraphKind::full, 8 });
    const auto task = examples();
    const auto whole = scores_of(model, graph, task, ScoredPositions::target, 16);
    CHECK(whole.abs().max().item<double>() > 1e-6);
    // As little memory at a time as can be: one row, one example.
    CHECK(torch::allclose(
        whole, scores_of(model, graph, task, ScoredPositions::target, 16, {}, 1), 1e-9, 1e-12));
    // One example at a time there is no padding at all.
    CHECK(torch::allclose(
        whole, scores_of(model, graph, task, ScoredPositions::target, 1), 1e-9, 1e-12));
    const std::vector<EncodedExample> turned{ task[2], task[0], task[1] };
    CHECK(torch::allclose(
        whole, scores_of(model, graph, turned, ScoredPositions::target, 2), 1e-9, 1e-12));
}

TEST_CASE("a whole MLP's scores are the sums of its groups'")
{
    Transformer model = random_model(ModelFamily::gpt2, 5);
    const auto shape = model.config().graph_shape();
    const ComputationalGraph whole(shape, { GraphKind::full, 0 });
    const ComputationalGraph grouped(shape, { GraphKind::full, 12 });
    const auto task = examples();
    const auto coarse = scores_of(model, whole, task, ScoredPositions::all, 4);
    const auto fine = scores_of(model, grouped, task, ScoredPositions::all, 4);
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
    ForwardEdits root;
    root.embedding = model.embed(batch.ids).requires_grad_();
    model.hidden(batch.ids, &taps, root);
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
    const auto gradients = tap_gradients(frozen_metric(taps.final_input), taps, graph);
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

TEST_CASE("means over many batches are those of their numbers, also of a model in 16 bits")
{
    for (const auto type : { torch::kBFloat16, torch::kFloat32, torch::kFloat64 }) {
        CAPTURE(static_cast<int>(type));
        MeanAccumulator means;
        const auto numbers = torch::tensor({ 1.0, -0.5, 3.0 }).to(type);
        for (int batch = 0; batch < 1000; ++batch) {
            ForwardTaps taps;
            taps.embedding = numbers.reshape({ 1, 1, 3 });
            means.add(taps, torch::ones({ 1, 1 }, torch::kBool));
        }
        const auto mean = means.mean().embedding;
        CHECK((mean.scalar_type() == type));
        CHECK(torch::equal(mean, numbers));
    }
}

TEST_CASE("integrated gradients out of what moves add up to the metric's change")
{
    // Along the path from baseline to clean the gradient's integral is the change itself; the sum
    // over m points approaches it as 1 / m.
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama })
        for (const auto baseline : { Baseline::mean, Baseline::zero, Baseline::corrupted })
            for (const int group : { 0, 8 }) {
                CAPTURE(static_cast<int>(family));
                CAPTURE(static_cast<int>(baseline));
                CAPTURE(group);
                check_integrated_gradients(family, baseline, group);
            }
}
