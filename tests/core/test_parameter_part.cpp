#include "core/base/error.h"
#include "core/graph/parameter_part.h"
#include "core/run/drift_question.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace circuitloom;

namespace {

constexpr GraphShape shape{ 3, 4, 2, 10, false };

} // namespace

TEST_CASE("every node of a graph reads or writes with one part, and every part has its nodes")
{
    for (const GraphOptions options : { GraphOptions{}, GraphOptions{ GraphKind::full, 4 },
             GraphOptions{ GraphKind::paper, 4 } }) {
        const ComputationalGraph graph(shape, options);
        std::set<std::string> names;
        std::size_t nodes = 0;
        for (const ParameterPart& part : parameter_parts(graph)) {
            CAPTURE(parameter_part_name(part));
            CHECK(names.insert(parameter_part_name(part)).second);
            const auto with = nodes_with(graph, part);
            for (const NodeId node : with)
                CHECK(part_of(graph.node(node)) == part);
            nodes += with.size();
            CHECK(with.empty()
                == (part.kind == ParameterPart::Kind::shared
                    || (options.kind == GraphKind::paper && part.layer < 0)
                    // Which no edge of that graph reaches.
                    || (options.kind == GraphKind::paper && part.layer == 0
                        && !graph.find_node(Node{ NodeKind::query, 0, 0 })
                        && (part.kind == ParameterPart::Kind::query
                            || part.kind == ParameterPart::Kind::key
                            || part.kind == ParameterPart::Kind::value))));
        }
        CHECK(nodes == graph.nodes().size());
    }
}

TEST_CASE("parts are named as the nodes that have them")
{
    using enum ParameterPart::Kind;
    CHECK(parameter_part_name({ query, 2, 3 }) == "a2.h3<q>");
    CHECK(parameter_part_name({ key, 2, 1 }) == "a2.h1<k>");
    CHECK(parameter_part_name({ output, 0, 3 }) == "a0.h3<o>");
    CHECK(parameter_part_name({ mlp, 1, -1 }) == "m1");
    CHECK(parameter_part_name({ mlp, 1, 2 }) == "m1.g2");
    CHECK(parameter_part_name({ shared, 1, -1 }) == "layer 1, shared");
    CHECK(parameter_part_name({ embedding, -1, -1 }) == "embedding");
}

TEST_CASE("parts that moved together: norms add up as those of one long vector")
{
    const Moved both = together({ { {}, { 3, 5 } }, { {}, { 4, 12 } } });
    CHECK(both.distance == doctest::Approx(5));
    CHECK(both.before == doctest::Approx(13));
    CHECK(*both.relative() == doctest::Approx(5.0 / 13));
    CHECK(*together({}).relative() == 0);
    CHECK_FALSE(Moved{ 1, 0 }.relative());
}

TEST_CASE("parts are found by their own names, those of heads and MLPs, or all at once")
{
    const ComputationalGraph graph({ 2, 4, 4, 8, false }, { GraphKind::full, 4 });
    const auto names = [&](const std::vector<std::string>& asked) {
        std::vector<std::string> found;
        for (const ParameterPart& part : named_parts(graph, asked))
            found.push_back(parameter_part_name(part));
        return found;
    };
    using Names = std::vector<std::string>;
    CHECK(names({ "a1.h2", "embedding" })
        == Names{ "embedding", "a1.h2<q>", "a1.h2<k>", "a1.h2<v>", "a1.h2<o>" });
    CHECK(names({ "a1.h2<o>", "a1.h2<o>" }) == Names{ "a1.h2<o>" });
    CHECK(names({ "m1" }) == Names{ "m1.g0", "m1.g1" });
    CHECK(names({ "m0.g1" }) == Names{ "m0.g1" });
    CHECK(named_parts(graph, Names{ "all" }) == parameter_parts(graph));
    CHECK(named_parts(ComputationalGraph(shape, {}), Names{ "a1.h2" }).size() == 2);
    for (const char* name : { "a9.h0", "m7", "", "nonsense", "a0.h1<z>" })
        CHECK_THROWS_AS(names({ name }), InputError);
}
