#include "core/discovery/edge_discovery.h"
#include "core/discovery/selection.h"
#include "core/evaluation/task_evaluation.h"
#include "core/graph/liveness.h"
#include "tests/support/planted_circuit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

using Names = std::set<std::string>;

struct Method
{
    const char* name;
    /// The score of every edge, on all positions and with the mean baseline.
    torch::Tensor (*scores)(Transformer& model, const ComputationalGraph& graph,
        const std::vector<EncodedExample>& examples);
};

torch::Tensor scores_of(Transformer& model, const ComputationalGraph& graph,
    const std::vector<EncodedExample>& examples, const DiscoveryOptions& options)
{
    DiscoveryPlan plan;
    plan.options = options;
    plan.batch = 8;
    return discover_edges(model, graph, examples, plan).scores;
}

const Method methods[] = {
    { "exact",
        [](Transformer& model, const ComputationalGraph& graph,
            const std::vector<EncodedExample>& examples) {
            return scores_of(model, graph, examples,
                { .method = AttributionMethod::exact, .positions = ScoredPositions::all });
        } },
    { "eap",
        [](Transformer& model, const ComputationalGraph& graph,
            const std::vector<EncodedExample>& examples) {
            return scores_of(model, graph, examples, { .positions = ScoredPositions::all });
        } },
    { "eap-ig, inputs",
        [](Transformer& model, const ComputationalGraph& graph,
            const std::vector<EncodedExample>& examples) {
            return scores_of(model, graph, examples,
                { .method = AttributionMethod::eap_ig, .positions = ScoredPositions::all });
        } },
    { "eap-ig, activations",
        [](Transformer& model, const ComputationalGraph& graph,
            const std::vector<EncodedExample>& examples) {
            return scores_of(model, graph, examples,
                { .method = AttributionMethod::eap_ig,
                    .positions = ScoredPositions::all,
                    .path = IntegrationPath::activations });
        } },
    { "eap-ig, outputs",
        [](Transformer& model, const ComputationalGraph& graph,
            const std::vector<EncodedExample>& examples) {
            return scores_of(model, graph, examples,
                { .method = AttributionMethod::eap_ig,
                    .positions = ScoredPositions::all,
                    .path = IntegrationPath::outputs });
        } },
};

Names strongest(const ComputationalGraph& graph, const torch::Tensor& scores,
    const SelectionOptions& options = { .n = 7 })
{
    const auto values = scores.to(torch::kFloat32).contiguous();
    Names names;
    for (const ScoredEdge& scored : select_edges(graph,
             { values.data_ptr<float>(), static_cast<std::size_t>(values.numel()) }, options))
        names.insert(graph.edge_name(scored.edge));
    return names;
}

} // namespace

TEST_CASE("the planted model does its task")
{
    const Transformer model = planted_model();
    const auto task = planted_task(64, 1);
    const TaskResult result = evaluate_task(model, task, 16);
    CHECK(result.accuracy == 1);
    CHECK(result.logit_difference > 5);
    CHECK(std::exp(result.log_prob) > 0.95); // among all tokens, not the alternative alone
}

TEST_CASE("the planted edges make a circuit without dead ends")
{
    const ComputationalGraph graph(planted_model().config().graph_shape(), {});
    Circuit circuit;
    for (const std::string& name : planted_edges()) {
        REQUIRE(graph.find_edge(name));
        circuit.push_back({ *graph.find_edge(name), 1 });
    }
    CHECK((prune_dead(graph, circuit) == circuit)); // LibTorch's logging cannot print circuits
    // Every one of the chain is needed: without what the first head writes, its edges are dead too.
    std::erase_if(circuit, [&graph](const ScoredEdge& scored) {
        return graph.edge_name(scored.edge) == "a0.h2->a1.h1<k>";
    });
    CHECK(prune_dead(graph, circuit).size() == 3);
}

TEST_CASE("every method ranks the planted edges first, far before all others")
{
    Transformer model = planted_model();
    model.set_requires_grad(true);
    const auto edges = planted_edges();
    const Names planted(edges.begin(), edges.end());
    for (const GraphOptions& options : { GraphOptions{}, GraphOptions{ GraphKind::full, 4 } }) {
        const ComputationalGraph graph(model.config().graph_shape(), options);
        for (const Method& method : methods)
            for (const std::uint64_t seed : { 1, 2, 3 }) {
                CAPTURE(method.name);
                const auto scores = method.scores(model, graph, planted_task(24, seed));
                REQUIRE(scores.size(0) == static_cast<std::int64_t>(graph.edges().size()));
                double weakest = 1e9;
                double strongest_other = 0;
                for (std::size_t e = 0; e < graph.edges().size(); ++e) {
                    const double score = scores[static_cast<std::int64_t>(e)].item<double>();
                    if (planted.contains(graph.edge_name({ static_cast<std::int32_t>(e) })))
                        weakest = std::min(weakest, score); // all help the task
                    else
                        strongest_other = std::max(strongest_other, std::abs(score));
                }
                CHECK(weakest > 0.5);
                CHECK(weakest > 5 * strongest_other);
                CHECK((strongest(graph, scores) == planted));
                CHECK((strongest(graph, scores, { .n = 7, .by_signed_score = true }) == planted));
                CHECK((strongest(graph, scores,
                           { .rule = SelectionRule::threshold, .threshold = weakest * 0.99 })
                    == planted));
            }
    }
}

TEST_CASE("only the edges that end at the scored position show where others are not scored")
{
    Transformer model = planted_model();
    model.set_requires_grad(true);
    const ComputationalGraph graph(model.config().graph_shape(), {});
    const auto scores
        = scores_of(model, graph, planted_task(24, 1), { .positions = ScoredPositions::target });
    CHECK((strongest(graph, scores, { .n = 2 }) == Names{ "a1.h1->logits", "input->a1.h1<q>" }));
}
