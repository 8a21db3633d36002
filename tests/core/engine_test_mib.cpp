// What MIB's program counts and ablates (arXiv 2504.13151), against slow readings of it.

#include "core/base/error.h"
#include "core/engine/discover.h"
#include "core/engine/evaluate.h"
#include "core/evaluation/faithfulness.h"
#include "core/evaluation/task_metric.h"
#include "core/formats/graph_json.h"
#include "core/model/ungrouped.h"
#include "tests/support/tiny_run.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

const std::string tiny_llama = std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_llama";

std::vector<EncodedExample> examples()
{
    return { { { 1, 5, 9, 3, 7 }, { { 2, 3, 4 } } }, { { 4, 8, 2, 10 }, { { 2, 10, 12 } } } };
}

ScoredBatch batch_of(const std::vector<EncodedExample>& task)
{
    const std::vector<const EncodedExample*> both{ &task[0], &task[1] };
    return make_batch(both, torch::kCPU, torch::kFloat64);
}

double literal_difference(const torch::Tensor& logits, const std::vector<EncodedExample>& task)
{
    double total = 0;
    for (std::size_t b = 0; b < task.size(); ++b) {
        const auto& target = task[b].targets[0];
        const auto at = logits[static_cast<std::int64_t>(b)][target.position];
        total += (at[target.target] - at[target.alternative]).item<double>() / 2;
    }
    return total;
}

} // namespace

TEST_CASE("a model with a key and a value for every query head computes the same")
{
    for (const auto family : { ModelFamily::llama, ModelFamily::qwen2, ModelFamily::qwen3 }) {
        const Transformer model = random_model(family, 5);
        REQUIRE(model.config().kv_heads < model.config().heads);
        const Transformer each = ungrouped(model);
        CHECK(each.config().kv_heads == model.config().heads);
        CHECK(model.config().kv_heads < model.config().heads); // the original stays as it was
        const auto ids = torch::tensor({ 1, 5, 9, 3, 7, 2, 11 }, torch::kInt64).unsqueeze(0);
        CHECK(torch::allclose(model.logits(ids), each.logits(ids), 1e-12, 1e-12));
        CHECK(each.weights().token_embedding.data_ptr()
            == model.weights().token_embedding.data_ptr());
    }
    const Transformer plain = random_model(ModelFamily::gpt2, 5);
    CHECK(ungrouped(plain).config() == plain.config());
}

TEST_CASE("MIB counts the edges of every query head's own key and value")
{
    // 3 layers of 6 heads, of which 3 share a key and a value.
    CHECK(ComputationalGraph::count_edges({ 3, 6, 2, 64 }, {}) == 304);
    CHECK(ComputationalGraph::count_edges({ 3, 6, 6, 64 }, {}) == 496);
    // As MIB's source lists them for GPT-2, Qwen-2.5 0.5B and Llama-3.1 8B.
    CHECK(ComputationalGraph::count_edges({ 12, 12, 12, 3072 }, {}) == 32491);
    CHECK(ComputationalGraph::count_edges({ 24, 14, 14, 4864 }, {}) == 179749);
    CHECK(ComputationalGraph::count_edges({ 32, 32, 32, 14336 }, {}) == 1592881);
}

TEST_CASE("input without its position keeps the position where it is ablated")
{
    const auto task = examples();
    const auto batch = batch_of(task);
    const Transformer model = random_model(ModelFamily::gpt2, 9);
    const ComputationalGraph graph(model.config().graph_shape(), {});
    EdgeSet kept(graph.edges().size(), true);
    for (std::size_t e = 0; e < kept.size(); ++e)
        kept[e] = graph.edges()[e].source.value != 0 && e % 3 != 0; // nothing from input
    const HiddenMetric metric = [&model](const torch::Tensor& hidden, const ScoredBatch& of) {
        return logit_difference(model, hidden, of).item<double>();
    };
    const auto position = model.weights().position_embedding.slice(0, 0, batch.ids.size(1));
    for (const Baseline kind : { Baseline::zero, Baseline::mean }) {
        auto baselines = written_baselines(model, graph, kind, batch.ids, batch.mask, {});
        const auto where = batch.mask.unsqueeze(-1).to(torch::kFloat64);
        const auto literal = [&] {
            return literal_difference(
                patched_logits(model, graph, kept, batch.ids, where, baselines), task);
        };
        const auto run = [&](InputNode input) {
            const AblationBatches batches(model, task, kind, ScoredPositions::all, 2, input);
            return CircuitRuns(model, graph, batches).metric({ &kept, 1 }, metric)[0];
        };
        const double whole = run(InputNode::token_and_position);
        CHECK(whole == doctest::Approx(literal()).epsilon(1e-9));
        auto token = torch::zeros({ model.config().d_model }, torch::kFloat64);
        if (kind == Baseline::mean) {
            double tokens = 0;
            for (const auto& example : task)
                for (const auto id : example.ids) {
                    token = token + model.weights().token_embedding[id];
                    ++tokens;
                }
            token = token / tokens;
        }
        baselines[0] = (token + position).unsqueeze(0).expand({ 2, -1, -1 });
        const double alone = run(InputNode::token);
        CHECK(alone == doctest::Approx(literal()).epsilon(1e-9));
        CHECK(std::abs(alone - whole) > 1e-6);
    }
}

TEST_CASE("the complement is pruned as every graph of EAP-IG is")
{
    const auto task = examples();
    const auto batch = batch_of(task);
    const Transformer model = random_model(ModelFamily::llama, 9);
    const ComputationalGraph graph(model.config().graph_shape(), {});
    const AblationBatches batches(model, task, Baseline::mean, ScoredPositions::all, 2);
    const CircuitRuns runs(model, graph, batches);
    const HiddenMetric metric = [&model](const torch::Tensor& hidden, const ScoredBatch& of) {
        return logit_difference(model, hidden, of).item<double>();
    };
    // Everything into m0 is the circuit's, and something out of it is not: that is dead without.
    std::vector<EdgeId> circuit{ *graph.find_edge("m0->logits") };
    for (const char* name : { "input->m0", "a0.h0->m0", "a0.h1->m0", "a0.h2->m0", "a0.h3->m0",
             "input->a0.h0<q>", "input->a0.h1<q>", "input->a0.h2<q>", "input->a0.h3<q>" })
        circuit.push_back(*graph.find_edge(name));
    EdgeSet others(graph.edges().size(), true);
    for (const EdgeId edge : circuit)
        others[static_cast<std::size_t>(edge.value)] = false;
    std::vector<EdgeId> left;
    for (std::size_t e = 0; e < others.size(); ++e)
        if (others[e])
            left.push_back({ static_cast<std::int32_t>(e) });
    const EdgeSet live = live_edges(graph, left);
    REQUIRE(std::ranges::count(live, true) < std::ranges::count(others, true));
    const auto baselines
        = written_baselines(model, graph, Baseline::mean, batch.ids, batch.mask, {});
    const auto literal = [&](const EdgeSet& kept) {
        return literal_difference(patched_logits(model, graph, kept, batch.ids,
                                      batch.mask.unsqueeze(-1).to(torch::kFloat64), baselines),
            task);
    };
    const MetricRange range = metric_range(runs, metric);
    const auto complement = [&](Complement which) {
        return judge_circuit(runs, metric, range, circuit, 0, 1, {}, which).complement;
    };
    CHECK(complement(Complement::all_others) == doctest::Approx(literal(others)).epsilon(1e-9));
    CHECK(complement(Complement::live_others) == doctest::Approx(literal(live)).epsilon(1e-9));
    CHECK(std::abs(literal(live) - literal(others)) > 1e-9);
}

TEST_CASE("evaluate says in what its figures are not MIB's, and gives MIB's where asked")
{
    const Folder folder;
    DiscoverRequest discovery;
    discovery.model = tiny_llama;
    discovery.task = (folder / "task.jsonl").string();
    discovery.device = "cpu";
    discovery.dtype = Precision::float64;
    discovery.options.positions = ScoredPositions::all;
    discovery.ungrouped = true;
    const DiscoveredScores found = discover(discovery);
    const ComputationalGraph shared(GraphShape{ 2, 4, 2, 24 }, {});
    const ComputationalGraph each(GraphShape{ 2, 4, 4, 24 }, {});
    REQUIRE(found.scores.size() == each.edges().size());
    // A shared key's score is the sum of those of the heads that share it.
    discovery.ungrouped = false;
    const DiscoveredScores grouped = discover(discovery);
    REQUIRE(grouped.scores.size() == shared.edges().size());
    const auto score = [](const DiscoveredScores& scores, const char* edge) {
        return scores.scores[static_cast<std::size_t>(scores.graph.find_edge(edge)->value)];
    };
    CHECK(score(grouped, "m0->a1.h1<k>")
        == doctest::Approx(score(found, "m0->a1.h2<k>") + score(found, "m0->a1.h3<k>"))
               .epsilon(1e-9));
    CHECK(score(grouped, "m0->a1.h3<q>")
        == doctest::Approx(score(found, "m0->a1.h3<q>")).epsilon(1e-9));

    ScoredGraph scored{ found.graph, found.scores, {}, "eap", "mean", "all", {} };
    scored.origin.dtype = "float64";
    std::ofstream(folder / "scores.json") << scores_json(scored, tiny_llama);
    EvaluateRequest request;
    request.model = tiny_llama;
    request.task = discovery.task;
    request.circuit = (folder / "scores.json").string();
    request.device = "cpu";
    request.dtype = Precision::float64;
    request.top_n = 30;
    request.minimality_edges = 2;
    const EvaluationReport usual = evaluate(request);
    REQUIRE(usual.circuit);
    CHECK_FALSE(usual.circuit->as_mib);
    CHECK(usual.circuit->edges == static_cast<int>(shared.edges().size()));
    REQUIRE_FALSE(usual.circuit->unlike_mib.empty());
    CHECK(usual.circuit->unlike_mib[0].find(std::to_string(each.edges().size()))
        != std::string::npos);

    request.as_mib = true;
    const EvaluationReport mib = evaluate(request);
    REQUIRE(mib.circuit);
    CHECK(mib.circuit->as_mib);
    CHECK(mib.circuit->unlike_mib.empty());
    CHECK(mib.circuit->edges == static_cast<int>(each.edges().size()));
    for (std::size_t i = 0; i < std::size(faithfulness_shares); ++i)
        CHECK(mib.circuit->found.curve.points[i].edges
            == static_cast<int>(
                faithfulness_shares[i] * static_cast<double>(each.edges().size())));
    CHECK(mib.circuit->range.whole == doctest::Approx(usual.circuit->range.whole).epsilon(1e-9));
    CHECK(std::abs(*mib.circuit->found.curve.cpr - *usual.circuit->found.curve.cpr) > 1e-9);

    request.positions = ScoredPositions::target;
    CHECK(evaluate(request).circuit->unlike_mib.size() == 1);
    // Nobody says which baseline: MIB's is the corrupted prompt, of which this task has none.
    scored.baseline.clear();
    std::ofstream(folder / "scores.json") << scores_json(scored, tiny_llama);
    CHECK_THROWS_AS(evaluate(request), InputError);
}
