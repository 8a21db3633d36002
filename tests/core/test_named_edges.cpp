#include "core/base/error.h"
#include "core/graph/first_order_effect.h"
#include "core/graph/named_edges.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace circuitloom;

namespace {

using Names = std::vector<std::string>;

NodeId node(const ComputationalGraph& graph, const char* name, bool upstream)
{
    return *graph.find_node(*parse_node_name(name, upstream));
}

Node named(const std::string& name)
{
    const auto writer = parse_node_name(name, true);
    return writer ? *writer : *parse_node_name(name, false);
}

} // namespace

TEST_CASE("names stand for an edge, all out of a writer, or all into an input")
{
    const ComputationalGraph graph({ 3, 2, 2, 8 }, {});
    const auto edges_of = [&](const Names& names) {
        std::set<std::string> found;
        const std::vector<bool> set = named_edges(graph, names);
        for (std::size_t i = 0; i < set.size(); ++i)
            if (set[i])
                found.insert(graph.edge_name({ static_cast<std::int32_t>(i) }));
        return found;
    };
    CHECK(edges_of({ "m0->logits" }) == std::set<std::string>{ "m0->logits" });
    CHECK(edges_of({ "m2" }) == std::set<std::string>{ "m2->logits" });
    CHECK(edges_of({ "a0.h1<q>" }) == std::set<std::string>{ "input->a0.h1<q>" });
    CHECK(edges_of({ "a2.h0", "m2", "m2->logits" })
        == std::set<std::string>{ "a2.h0->m2", "a2.h0->logits", "m2->logits" });
    CHECK_THROWS_AS(edges_of({ "m2->m2" }), InputError);
    CHECK_THROWS_AS(edges_of({ "a3.h0" }), InputError);
}

TEST_CASE("what is chosen is ablated by what it writes, inputs only where they stand alone")
{
    const ComputationalGraph graph({ 2, 2, 2, 8 }, {});
    // A head as the lattice draws it: one node for what it writes and its three inputs.
    const GraphChoice head{ { node(graph, "a1.h0", true), node(graph, "a1.h0<q>", false),
                                node(graph, "a1.h0<k>", false), node(graph, "a1.h0<v>", false) },
        {} };
    CHECK(ablation_names(graph, head) == Names{ "a1.h0" });
    const GraphChoice mlp{ { node(graph, "m0", true), node(graph, "m0", false) },
        { *graph.find_edge("input->logits") } };
    CHECK(ablation_names(graph, mlp) == Names{ "m0", "input->logits" });
    // And back.
    for (const GraphChoice& choice : { head, mlp })
        CHECK(choice_named(graph, ablation_names(graph, choice)) == choice);
    CHECK(choice_named(graph, Names{ "a9.h0", "m0->nonsense" }).empty());
    const GraphChoice query{ { node(graph, "a1.h0<q>", false), node(graph, "logits", false) }, {} };
    CHECK(ablation_names(graph, query) == Names{ "a1.h0<q>", "logits" });
    // Shared keys and values are nodes of their own.
    const ComputationalGraph grouped({ 2, 4, 2, 8 }, {});
    const GraphChoice shared{ { node(grouped, "a1.h0", true), node(grouped, "a1.h0<q>", false),
                                  node(grouped, "a1.h0<k>", false) },
        {} };
    CHECK(ablation_names(grouped, shared) == Names{ "a1.h0", "a1.h0<k>" });
}

TEST_CASE("random names are distinct, of the same kinds, the same for a seed, and reach all")
{
    const ComputationalGraph graph({ 3, 4, 2, 64 }, { GraphKind::full, 16 });
    const Names names{ "a0.h1", "a2.h3", "m1.g2", "a1.h0<q>", "a1.h1<k>", "m0.g1->logits",
        "input->logits", "input" };
    std::set<std::string> heads;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Random random(seed);
        Random again(seed);
        const Names drawn = random_names_like(graph, names, random);
        CHECK(drawn == random_names_like(graph, names, again));
        CHECK(std::set<std::string>(drawn.begin(), drawn.end()).size() == names.size());
        const auto kinds = [&](const Names& of) {
            std::multiset<int> found;
            for (const std::string& name : of)
                found.insert(name.find("->") != std::string::npos
                        ? -1
                        : static_cast<int>(named(name).kind));
            return found;
        };
        CHECK(kinds(drawn) == kinds(names));
        CHECK(std::ranges::count(drawn, "input") == 1);
        for (const std::string& name : drawn)
            if (name.find("->") == std::string::npos && named(name).kind == NodeKind::head)
                heads.insert(name);
    }
    CHECK(heads.size() == 12);
    Random random(1);
    CHECK_THROWS_AS(random_names_like(graph, Names{ "a9.h0" }, random), InputError);
    // All edges there are.
    const ComputationalGraph small({ 1, 1, 1, 4 }, {});
    Names all;
    for (std::size_t i = 0; i < small.edges().size(); ++i)
        all.push_back(small.edge_name({ static_cast<std::int32_t>(i) }));
    const Names drawn = random_names_like(small, all, random);
    CHECK(std::set<std::string>(drawn.begin(), drawn.end())
        == std::set<std::string>(all.begin(), all.end()));
}

TEST_CASE("to first order the metric falls by the scores of what is ablated")
{
    const Circuit circuit{ { { 3 }, 0.5F }, { { 0 }, -0.25F }, { { 1 }, 2.0F } };
    CHECK(first_order_effect(circuit, { true, false, true, true })
        == FirstOrderEffect{ 0.25, 2, 1 });
    CHECK(first_order_effect(circuit, { false, false, false, false }) == FirstOrderEffect{});
}
