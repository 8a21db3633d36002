#include "core/base/random.h"
#include "core/graph/liveness.h"
#include "core/graph/node_parts.h"

#include <doctest/doctest.h>

#include <set>

using namespace circuitloom;

namespace {

Circuit circuit_of(const ComputationalGraph& graph, const std::vector<std::string>& names)
{
    Circuit circuit;
    for (const std::string& name : names) {
        const auto edge = graph.find_edge(name);
        REQUIRE_MESSAGE(edge, name);
        circuit.push_back({ *edge, 1 });
    }
    return circuit;
}

std::vector<std::string> pruned(
    const ComputationalGraph& graph, const std::vector<std::string>& names)
{
    std::vector<std::string> left;
    for (const ScoredEdge& scored : prune_dead(graph, circuit_of(graph, names)))
        left.push_back(graph.edge_name(scored.edge));
    return left;
}

using Names = std::vector<std::string>;

// Whether the output of `writer` depends on what `reader` reads, in words.
bool computed_from(const Node& writer, const Node& reader, int group)
{
    if (writer.layer != reader.layer || writer.layer < 0)
        return false;
    if (writer.kind == NodeKind::head)
        return (reader.kind == NodeKind::query && reader.index == writer.index)
            || ((reader.kind == NodeKind::key || reader.kind == NodeKind::value)
                && reader.index == writer.index / group);
    return (reader.kind == NodeKind::mlp_in || reader.kind == NodeKind::mlp_group_in)
        && reader.index == writer.index;
}

// Everything that can be reached from `start`, over the circuit's edges and through the nodes.
std::set<NodeId> reachable(
    const ComputationalGraph& graph, const Circuit& circuit, NodeId start, bool forwards)
{
    const int group = graph.shape().heads / graph.shape().kv_heads;
    std::vector<std::pair<NodeId, NodeId>> steps;
    for (const ScoredEdge& scored : circuit)
        steps.emplace_back(graph.edge(scored.edge).source, graph.edge(scored.edge).target);
    for (int reader = 0; reader < static_cast<int>(graph.nodes().size()); ++reader)
        for (int writer = 0; writer < graph.upstream_count(); ++writer)
            if (computed_from(graph.node({ writer }), graph.node({ reader }), group))
                steps.emplace_back(NodeId{ reader }, NodeId{ writer });
    std::set<NodeId> found{ start };
    for (std::size_t before = 0; before != found.size();) {
        before = found.size();
        for (const auto& [from, to] : steps)
            if (found.contains(forwards ? from : to))
                found.insert(forwards ? to : from);
    }
    return found;
}

std::vector<ComputationalGraph> graphs()
{
    std::vector<ComputationalGraph> all;
    for (const GraphShape& shape :
        { GraphShape{ 1, 1, 1, 4 }, GraphShape{ 2, 4, 2, 4 }, GraphShape{ 4, 2, 2, 4 } })
        for (const int group : { 0, 2 })
            all.emplace_back(shape, GraphOptions{ GraphKind::full, group });
    return all;
}

} // namespace

TEST_CASE("edges without a way from input or to logits are dropped")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, {});
    const Names path{ "input->a0.h1<k>", "a0.h1->a1.h0<q>", "a1.h0->m1", "m1->logits" };
    CHECK(pruned(graph, path) == path);
    CHECK(pruned(graph, { "input->logits" }) == Names{ "input->logits" });
    CHECK(pruned(graph, {}).empty());
    // The middle of a path is gone: both halves are dead.
    CHECK(pruned(graph, { path[0], path[1], path[3] }).empty());
    // A node that nothing feeds, and one that nobody reads.
    CHECK(
        pruned(graph, { "input->logits", "a0.h0->m2", "m2->logits" }) == Names{ "input->logits" });
    CHECK(pruned(graph, { "input->logits", "input->a0.h0<v>", "a0.h0->m2" })
        == Names{ "input->logits" });
    // A dead edge into a live node goes; the order of the rest stays.
    CHECK(pruned(graph, { "m1->logits", "a0.h0->m1", "input->m1" })
        == Names{ "m1->logits", "input->m1" });
    // Another head's port does not feed this head.
    CHECK(pruned(graph, { "input->a1.h0<q>", "a1.h1->logits" }).empty());
}

TEST_CASE("a shared key or value feeds every query head of its group, and no other")
{
    const ComputationalGraph graph({ 2, 4, 2, 8 }, {});
    const Names both{ "input->a0.h1<v>", "a0.h2->logits", "a0.h3->m0", "m0->logits" };
    CHECK(pruned(graph, both) == both);
    CHECK(pruned(graph, { "input->a0.h0<k>", "a0.h2->logits" }).empty());
}

TEST_CASE("a neuron group is fed through itself alone")
{
    const ComputationalGraph graph({ 2, 1, 1, 8 }, { GraphKind::full, 4 });
    const Names path{ "input->m0.g1", "m0.g1->m1.g0", "m1.g0->logits" };
    CHECK(pruned(graph, path) == path);
    CHECK(pruned(graph, { "input->m0.g1", "m0.g0->m1.g0", "m1.g0->logits" }).empty());
}

TEST_CASE("without input and logits in the graph every edge is fed and read outside it")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, { GraphKind::paper, 0 });
    const Names some{ "a0.h1->a1.h0<q>", "m1->a2.h0<k>" };
    CHECK(pruned(graph, some) == some);
}

TEST_CASE("what is left is what brute force reaches from both ends")
{
    Random random(3);
    int dead = 0;
    int alive = 0;
    for (const ComputationalGraph& graph : graphs())
        for (int trial = 0; trial < 40; ++trial) {
            const double density = random.unit();
            Circuit circuit;
            for (std::int32_t e = 0; e < static_cast<std::int32_t>(graph.edges().size()); ++e)
                if (random.chance(density * density))
                    circuit.push_back({ { e }, static_cast<float>(random.unit()) });
            random.shuffle(circuit);

            const auto last = static_cast<std::int32_t>(graph.nodes().size()) - 1;
            const auto fed = reachable(graph, circuit, { 0 }, true);
            const auto useful = reachable(graph, circuit, { last }, false);
            Circuit expected;
            for (const ScoredEdge& scored : circuit)
                if (fed.contains(graph.edge(scored.edge).source)
                    && useful.contains(graph.edge(scored.edge).target))
                    expected.push_back(scored);
            CHECK(prune_dead(graph, circuit) == expected);
            CHECK(prune_dead(graph, expected) == expected);
            dead += expected.size() < circuit.size() ? 1 : 0;
            alive += expected.empty() ? 0 : 1;
        }
    CHECK(dead > 50); // both outcomes were met
    CHECK(alive > 50);
}

TEST_CASE("a circuit of all edges has no dead ones, at a million edges too")
{
    const ComputationalGraph graph({ 24, 16, 4, 4096 }, { GraphKind::full, 64 });
    REQUIRE(graph.edges().size() > 1'000'000);
    Circuit all;
    for (std::int32_t e = 0; e < static_cast<std::int32_t>(graph.edges().size()); ++e)
        all.push_back({ { e }, 1 });
    CHECK(prune_dead(graph, all).size() == all.size());
    // Without the way out there is nothing but dead edges.
    std::erase_if(all, [&graph](const ScoredEdge& scored) {
        return graph.node(graph.edge(scored.edge).target).kind == NodeKind::logits;
    });
    CHECK(prune_dead(graph, all).empty());
}

TEST_CASE("the writers behind a reader")
{
    for (const ComputationalGraph& graph : graphs()) {
        const int group = graph.shape().heads / graph.shape().kv_heads;
        for (int reader = graph.upstream_count(); reader < static_cast<int>(graph.nodes().size());
             ++reader) {
            const NodeRange range = writers_behind(graph, { reader });
            for (int writer = 0; writer < graph.upstream_count(); ++writer) {
                const bool inside
                    = writer >= range.first.value && writer < range.first.value + range.count;
                CHECK(
                    inside == computed_from(graph.node({ writer }), graph.node({ reader }), group));
            }
        }
    }
}
