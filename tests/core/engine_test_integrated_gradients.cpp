// eap-ig against its definition: passes of the reference, point by point, and figures that a
// program of its own (numpy, float64) gave.

#include "core/architecture/model_files.h"
#include "core/discovery/edge_discovery.h"
#include "core/evaluation/scored_batch.h"
#include "core/model/checkpoint.h"
#include "tests/support/two_pass_patch.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

using Examples = std::vector<EncodedExample>;

ScoredBatch batch_of(const Examples& examples)
{
    std::vector<const EncodedExample*> all;
    for (const auto& example : examples)
        all.push_back(&example);
    return make_batch(all, torch::kCPU, torch::kFloat64);
}

double logit_difference_of(const torch::Tensor& logits, const Examples& examples)
{
    double total = 0;
    for (std::size_t b = 0; b < examples.size(); ++b)
        for (const auto& target : examples[b].targets) {
            const auto at = logits[static_cast<std::int64_t>(b)][target.position];
            total += (at[target.target] - at[target.alternative]).item<double>()
                / static_cast<double>(examples[b].targets.size() * examples.size());
        }
    return total;
}

torch::Tensor scores_of(Transformer& model, const ComputationalGraph& graph,
    const Examples& examples, const DiscoveryOptions& options)
{
    DiscoveryPlan plan;
    plan.options = options;
    plan.batch = 2;
    return discover_edges(model, graph, examples, plan).scores;
}

/// The definition, one finite difference for every edge and point.
class Literal
{
public:
    Literal(const Transformer& model, const ComputationalGraph& graph, const Examples& examples)
        : model_(model)
        , graph_(graph)
        , examples_(examples)
        , batch_(batch_of(examples))
    {
        const auto clean = written_outputs(model, graph, batch_.ids);
        const auto baseline = written_baselines(model, graph, Baseline::corrupted, batch_.ids,
            batch_.mask, batch_.corrupted_ids);
        for (std::size_t u = 0; u < clean.size(); ++u)
            differences_.push_back(clean[u] - baseline[u]);
        clean_ = reference_pass(model, graph, batch_.ids).written;
    }

    double score(EdgeId edge, IntegrationPath path, int first, int points) const
    {
        const int writer = graph_.edge(edge).source.value;
        double sum = 0;
        double passes = 0;
        for (const auto& [begin, count] : ways(path)) {
            if (path == IntegrationPath::outputs && (writer < begin || writer >= begin + count))
                continue;
            for (int k = first; k < first + points; ++k, ++passes)
                sum += slope(edge, begin, count, static_cast<double>(k) / points);
        }
        return sum / passes;
    }

private:
    // The writers that move together, as [first, first + count).
    std::vector<std::pair<int, int>> ways(IntegrationPath path) const
    {
        std::vector<std::pair<int, int>> all{ { 0, 1 } };
        if (path == IntegrationPath::inputs)
            return all;
        int next = 1;
        for (int layer = 0; layer < model_.config().layers; ++layer) {
            all.push_back({ next, model_.config().heads });
            next += model_.config().heads;
            all.push_back({ next++, 1 });
        }
        return all;
    }

    // <a_u − ã_u, ∂m/∂v> where the writers' outputs are held at `share` of the way from baseline to
    // clean. To replace what they write is to add, to what each of their readers reads, what is
    // wanted less what they write there; they do not read one another.
    double slope(EdgeId edge, int begin, int count, double share) const
    {
        const int writer = graph_.edge(edge).source.value;
        const auto at = [](int node) { return static_cast<std::size_t>(node); };
        constexpr double epsilon = 1e-4;
        const auto metric = [&](double step) {
            std::map<NodeId, torch::Tensor> changes;
            add(changes, graph_.edge(edge).target, step * differences_[at(writer)]);
            const auto there = reference_pass(model_, graph_, batch_.ids, changes).written;
            for (const Edge& other : graph_.edges())
                if (const int moved = other.source.value; moved >= begin && moved < begin + count)
                    add(changes, other.target,
                        (share - 1) * differences_[at(moved)] + clean_[at(moved)]
                            - there[at(moved)]);
            return logit_difference_of(
                reference_pass(model_, graph_, batch_.ids, changes).logits, examples_);
        };
        return (metric(epsilon) - metric(-epsilon)) / (2 * epsilon);
    }

    static void add(
        std::map<NodeId, torch::Tensor>& changes, NodeId reader, const torch::Tensor& change)
    {
        auto& sum = changes[reader];
        sum = sum.defined() ? sum + change : change;
    }

    const Transformer& model_;
    const ComputationalGraph& graph_;
    const Examples& examples_;
    ScoredBatch batch_;
    std::vector<torch::Tensor> differences_; ///< a_u − ã_u
    std::vector<torch::Tensor> clean_; ///< a_u, as the reference pass has it
};

} // namespace

TEST_CASE("eap-ig is the mean slope over the points of its ways")
{
    const Examples examples{ { { 1, 5, 9, 3, 7 }, { { 2, 3, 4 }, { 4, 7, 6 } }, { 4, 5, 8, 6, 7 } },
        { { 4, 8, 2, 10 }, { { 2, 10, 12 } }, { 4, 3, 2, 11 } } };
    for (const auto family : { ModelFamily::gpt2, ModelFamily::llama, ModelFamily::gpt_neox }) {
        Transformer model = random_model(family, 17);
        const ComputationalGraph graph(model.config().graph_shape(), {});
        const Literal literal(model, graph, examples);
        struct Way
        {
            IntegrationPath path;
            IntegrationPoints points;
            int first; ///< k
        };
        for (const Way& way : { Way{ IntegrationPath::inputs, IntegrationPoints::eap_ig, 0 },
                 Way{ IntegrationPath::inputs, IntegrationPoints::right, 1 },
                 Way{ IntegrationPath::activations, IntegrationPoints::eap_ig, 1 },
                 Way{ IntegrationPath::activations, IntegrationPoints::left, 0 },
                 Way{ IntegrationPath::outputs, IntegrationPoints::eap_ig, 1 } }) {
            const auto scores = scores_of(model, graph, examples,
                { .method = AttributionMethod::eap_ig,
                    .baseline = Baseline::corrupted,
                    .positions = ScoredPositions::all,
                    .path = way.path,
                    .integration_steps = 2,
                    .points = way.points });
            const double scale = scores.abs().max().item<double>();
            CAPTURE(static_cast<int>(family));
            CAPTURE(static_cast<int>(way.path));
            for (std::size_t e = 0; e < graph.edges().size(); e += 17) {
                const EdgeId edge{ static_cast<std::int32_t>(e) };
                INFO(graph.edge_name(edge));
                CHECK(scores[static_cast<std::int64_t>(e)].item<double>()
                    == doctest::Approx(literal.score(edge, way.path, way.first, 2))
                           .epsilon(1e-5)
                           .scale(1e-2 * scale));
            }
        }
    }
}

TEST_CASE("eap-ig gives what an independent program gives")
{
    const std::string folder = CIRCUITLOOM_TEST_DATA "/tiny_gpt2";
    Transformer model = load_transformer(open_model_files(folder), torch::kCPU, torch::kFloat64);
    const ComputationalGraph graph(model.config().graph_shape(), {});
    const Examples examples{ { { 5, 17, 42, 8, 99, 23 }, { { 5, 61, 14 } },
                                 { 5, 30, 42, 8, 101, 23 } },
        { { 200, 3, 77, 12 }, { { 3, 150, 9 } }, { 200, 8, 77, 54 } } };
    const auto check = [&](const DiscoveryOptions& options,
                           const std::vector<std::pair<const char*, double>>& figures) {
        const auto scores = scores_of(model, graph, examples, options);
        for (const auto& [edge, score] : figures) {
            CAPTURE(edge);
            CHECK(scores[graph.find_edge(edge)->value].item<double>()
                == doctest::Approx(score).epsilon(1e-9));
        }
    };
    DiscoveryOptions options{ .method = AttributionMethod::eap_ig,
        .baseline = Baseline::corrupted,
        .positions = ScoredPositions::all,
        .integration_steps = 5 };
    SUBCASE("the points of EAP-IG, the default")
    {
        check(options,
            { { "a0.h0->m0", 0.36432632273631693 }, { "input->a0.h0<q>", 0.2679346301958041 },
                { "a1.h2->logits", -0.22173991441182658 },
                { "m0->a1.h2<v>", -0.18519382917038518 } });
    }
    SUBCASE("the points of the older versions")
    {
        options.points = IntegrationPoints::right;
        check(options,
            { { "a0.h0->m0", 0.3736959066552976 }, { "input->a0.h0<q>", 0.23810007373246025 },
                { "a1.h2->logits", -0.2234941569564299 },
                { "m0->a1.h2<v>", -0.1827279919018498 } });
    }
    SUBCASE("EAP-IG-activations")
    {
        options.path = IntegrationPath::activations;
        check(options,
            { { "a0.h0->m0", 0.242957971706853 }, { "a1.h2->logits", -0.2275239038738051 },
                { "m1->logits", 0.17900885037876874 },
                { "m0->a1.h2<v>", -0.16681282069950543 } });
    }
    SUBCASE("against means, at the target's position")
    {
        options.baseline = Baseline::mean;
        options.positions = ScoredPositions::target;
        options.integration_steps = 3;
        check(options,
            { { "input->m0", -0.542621571538004 }, { "m0->logits", -0.40905806840998604 },
                { "input->a0.h3<k>", -0.4021565378096674 } });
    }
}
