#include "core/evaluation/faithfulness.h"
#include "core/evaluation/task_metric.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7, 2, 11 }, { { 2, 3, 4 }, { 5, 11, 6 } } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } } }, { { 6, 6, 13, 20, 22 }, { { 3, 22, 1 } } } };
}

/// A model, its graph and the metric of a circuit, by the fast pass and by the reference.
class Judged
{
public:
    explicit Judged(ModelFamily family, const GraphOptions& options = {}, int batch_size = 8)
        : task_(examples())
        , model_(random_model(family, 31))
        , graph_(model_.config().graph_shape(), options)
        , batches_(model_, task_, Baseline::mean, ScoredPositions::all, batch_size)
        , runs_(model_, graph_, batches_)
    {
    }

    const Transformer& model() const { return model_; }
    const ComputationalGraph& graph() const { return graph_; }
    const CircuitRuns& runs() const { return runs_; }
    std::size_t edges() const { return graph_.edges().size(); }
    HiddenMetric metric() const
    {
        return [this](const torch::Tensor& hidden, const ScoredBatch& batch) {
            return logit_difference(model_, hidden, batch).item<double>();
        };
    }
    double literal_metric(const EdgeSet& kept) const
    {
        std::vector<const EncodedExample*> all;
        for (const auto& example : task_)
            all.push_back(&example);
        const auto batch = make_batch(all, torch::kCPU, torch::kFloat64);
        const auto baselines
            = written_baselines(model_, graph_, Baseline::mean, batch.ids, batch.mask, {});
        const auto logits = patched_logits(model_, graph_, kept, batch.ids,
            batch.mask.unsqueeze(-1).to(torch::kFloat64), baselines);
        double total = 0;
        for (std::size_t b = 0; b < task_.size(); ++b)
            for (const auto& target : task_[b].targets) {
                const auto at = logits[static_cast<std::int64_t>(b)][target.position];
                total += (at[target.target] - at[target.alternative]).item<double>()
                    / static_cast<double>(task_[b].targets.size() * task_.size());
            }
        return total;
    }

private:
    std::vector<EncodedExample> task_;
    Transformer model_;
    ComputationalGraph graph_;
    AblationBatches batches_;
    CircuitRuns runs_;
};

EdgeSet set_of(std::size_t edges, std::initializer_list<EdgeId> chosen)
{
    EdgeSet set(edges);
    for (const EdgeId edge : chosen)
        set[static_cast<std::size_t>(edge.value)] = true;
    return set;
}

} // namespace

TEST_CASE("areas under a curve drawn by hand")
{
    const double x[] = { 0.1, 0.2, 0.5, 1 };
    const double y[] = { 0, 1, 1, 3 };
    // A triangle of 0.05, a rectangle of 0.3 and a trapezoid of 0.5 · (1 + 3) / 2.
    CHECK(trapezoid(x, y) == doctest::Approx(0.05 + 0.3 + 1.0));
    CHECK(trapezoid({}, {}) == 0);
    CHECK(trapezoid(std::span(x).first(1), std::span(y).first(1)) == 0);
    // f = 1 everywhere: CPR is the width of the shares, which begin at 0.001.
    const std::vector<double> ones(std::size(faithfulness_shares), 1.0);
    CHECK(trapezoid(faithfulness_shares, ones) == doctest::Approx(0.999));
}

TEST_CASE("faithfulness is where the metric stands between nothing and everything")
{
    const MetricRange range{ 3, -1 };
    CHECK(range.faithfulness(3) == 1.0);
    CHECK(range.faithfulness(-1) == 0.0);
    CHECK(range.faithfulness(5) == 1.5);
    CHECK_FALSE(std::signbit(*MetricRange{ -3, 1 }.faithfulness(1)));
    CHECK_FALSE(range.faithfulness(std::nan("")));
    CHECK_FALSE(MetricRange{ 2, 2 }.faithfulness(2));
    CHECK_FALSE(MetricRange{ 2, 2 + 1e-9 }.faithfulness(7));
    CHECK_FALSE(MetricRange{ 0, 0 }.faithfulness(0));
    CHECK(MetricRange{ 1e-9, 0 }.faithfulness(1e-9) == 1.0);
    CHECK_FALSE(MetricRange{ INFINITY, 0 }.faithfulness(1));
}

TEST_CASE("the curve ends at 1 and its points are the reference's metric of the pruned circuits")
{
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama }) {
        const Judged judged(family, { GraphKind::full, 16 }, 2);
        const auto range = metric_range(judged.runs(), judged.metric());
        CHECK(range.whole
            == doctest::Approx(judged.literal_metric(EdgeSet(judged.edges(), true))).epsilon(1e-9));
        CHECK(range.empty
            == doctest::Approx(judged.literal_metric(EdgeSet(judged.edges(), false)))
                   .epsilon(1e-9));

        const auto ranking = random_ranking(judged.edges(), 3);
        const auto curve = faithfulness_curve(judged.runs(), judged.metric(), range, ranking);
        REQUIRE(curve.points.size() == std::size(faithfulness_shares));
        const auto& all = curve.points.back();
        CHECK(all.edges == static_cast<int>(judged.edges()));
        CHECK(all.live == all.edges);
        REQUIRE(all.faithfulness);
        CHECK(*all.faithfulness == doctest::Approx(1).epsilon(1e-12));
        double cpr = 0;
        double cmd = 0;
        for (std::size_t i = 0; i < curve.points.size(); ++i) {
            const auto& point = curve.points[i];
            CHECK(point.edges
                == static_cast<int>(
                    std::floor(faithfulness_shares[i] * static_cast<double>(judged.edges()))));
            CHECK(point.live <= point.edges);
            const auto chosen = std::span(ranking).first(static_cast<std::size_t>(point.edges));
            CHECK(point.metric
                == doctest::Approx(judged.literal_metric(live_edges(judged.graph(), chosen)))
                       .epsilon(1e-9));
            const double f = (point.metric - range.empty) / (range.whole - range.empty);
            CHECK(*point.faithfulness == doctest::Approx(f));
            if (i == 0)
                continue;
            const auto& before = curve.points[i - 1];
            const double width = point.share - before.share;
            cpr += width * (*before.faithfulness + *point.faithfulness) / 2;
            cmd += width * (std::abs(1 - *before.faithfulness) + std::abs(1 - *point.faithfulness))
                / 2;
        }
        CHECK(*curve.cpr == doctest::Approx(cpr));
        CHECK(*curve.cmd == doctest::Approx(cmd));
    }
}

TEST_CASE("completeness and minimality of a circuit are metrics of other circuits")
{
    const Judged judged(ModelFamily::gpt2);
    const auto& graph = judged.graph();
    const auto range = metric_range(judged.runs(), judged.metric());
    const std::vector<EdgeId> live{ *graph.find_edge("input->a0.h1<v>"),
        *graph.find_edge("a0.h1->m0"), *graph.find_edge("m0->logits"),
        *graph.find_edge("input->logits") };
    std::vector<EdgeId> edges = live;
    edges.push_back(*graph.find_edge("a0.h2->logits")); // no edge of the circuit leads to a0.h2
    const auto figures = judge_circuit(judged.runs(), judged.metric(), range, edges, 10, 1);
    CHECK(figures.edges == 5);
    CHECK(figures.live == 4);
    const auto circuit = set_of(judged.edges(), { live[0], live[1], live[2], live[3] });
    CHECK(figures.metric == doctest::Approx(judged.literal_metric(circuit)).epsilon(1e-9));
    auto complement = circuit;
    complement.flip();
    CHECK(figures.complement == doctest::Approx(judged.literal_metric(complement)).epsilon(1e-9));
    CHECK(figures.minimality.tried == 4);
    // A drop leads towards m(∅), on whichever side of m(M) that lies.
    const double direction = range.whole > range.empty ? 1 : -1;
    double greatest = -INFINITY;
    double sum = 0;
    for (const EdgeId edge : live) {
        auto without = circuit;
        without[static_cast<std::size_t>(edge.value)] = false;
        const double drop = direction * (figures.metric - judged.literal_metric(without));
        greatest = std::max(greatest, drop);
        sum += drop;
    }
    CHECK(figures.minimality.greatest == doctest::Approx(greatest).epsilon(1e-9));
    CHECK(figures.minimality.mean == doctest::Approx(sum / 4).epsilon(1e-9));

    const auto bounded = judge_circuit(judged.runs(), judged.metric(), range, edges, 2, 1);
    CHECK(bounded.minimality.tried == 2);
    const auto none = judge_circuit(judged.runs(), judged.metric(), range, {}, 10, 1);
    CHECK(none.live == 0);
    CHECK(none.minimality.tried == 0);
    CHECK(none.metric == doctest::Approx(range.empty));
    CHECK(none.complement == doctest::Approx(range.whole));
}

TEST_CASE("a metric that no edge moves has no faithfulness, and no figure is infinite")
{
    const Judged judged(ModelFamily::llama);
    const HiddenMetric constant = [](const torch::Tensor&, const ScoredBatch&) { return 4.0; };
    const auto range = metric_range(judged.runs(), constant);
    const auto ranking = random_ranking(judged.edges(), 1);
    const auto curve = faithfulness_curve(judged.runs(), constant, range, ranking);
    for (const auto& point : curve.points)
        CHECK_FALSE(point.faithfulness);
    CHECK_FALSE(curve.cpr);
    CHECK_FALSE(curve.cmd);
    const auto figures
        = judge_circuit(judged.runs(), constant, range, std::span(ranking).first(20), 5, 1);
    CHECK_FALSE(figures.faithfulness);
    CHECK_FALSE(figures.complement_faithfulness);
    CHECK(figures.minimality.greatest == 0);
}

TEST_CASE("rankings: by size, by sign, by chance")
{
    const double scores[] = { 0.5, -2.0, 0.0, 2.0, 1.0 };
    const auto numbers = [](const std::vector<EdgeId>& ranking) {
        std::vector<int> result;
        for (const EdgeId edge : ranking)
            result.push_back(edge.value);
        return result;
    };
    CHECK(numbers(rank_edges(scores, false)) == std::vector{ 1, 3, 4, 0, 2 });
    CHECK(numbers(rank_edges(scores, true)) == std::vector{ 3, 4, 0, 2, 1 });
    const auto drawn = numbers(random_ranking(200, 7));
    CHECK(drawn == numbers(random_ranking(200, 7)));
    CHECK(drawn != numbers(random_ranking(200, 8)));
    auto sorted = drawn;
    std::ranges::sort(sorted);
    for (int i = 0; i < 200; ++i)
        CHECK(sorted[static_cast<std::size_t>(i)] == i);
}
