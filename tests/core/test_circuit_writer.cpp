#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/layout/circuit_writer.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cgraph.h>

#include <map>
#include <sstream>

using namespace circuitloom;

namespace {

const ComputationalGraph& graph()
{
    static const ComputationalGraph shared(
        samples::description().shape, samples::description().graph);
    return shared;
}

std::map<std::string, float> expected(const Circuit& circuit)
{
    std::map<std::string, float> edges;
    for (const ScoredEdge& scored : circuit)
        edges[graph().edge_name(scored.edge)] = scored.score;
    return edges;
}

std::string attribute(void* object, std::string name)
{
    const char* value = agget(object, name.data());
    return value == nullptr ? std::string() : value;
}

/// The edges of a DOT text by key, as Graphviz's own parser reads it.
struct ParsedDot
{
    explicit ParsedDot(const std::string& text)
        : dot(agmemread(text.c_str()))
    {
    }
    ~ParsedDot() { agclose(dot); }
    ParsedDot(const ParsedDot&) = delete;
    ParsedDot& operator=(const ParsedDot&) = delete;

    std::map<std::string, Agedge_t*> edges() const
    {
        std::map<std::string, Agedge_t*> found;
        for (Agnode_t* node = agfstnode(dot); node != nullptr; node = agnxtnode(dot, node))
            for (Agedge_t* edge = agfstout(dot, node); edge != nullptr; edge = agnxtout(dot, edge))
                found[agnameof(edge)] = edge;
        return found;
    }

    Agraph_t* dot;
};

} // namespace

TEST_CASE("JSON: every edge with its exact score, strongest first")
{
    const Circuit circuit = samples::circuit(3, 40);
    const auto json = nlohmann::json::parse(circuit_to_json(graph(), circuit));
    REQUIRE(json["edges"].size() == circuit.size());
    for (std::size_t i = 0; i < circuit.size(); ++i) {
        const auto& edge = json["edges"][i];
        const std::string name
            = edge["source"].get<std::string>() + "->" + edge["target"].get<std::string>();
        CHECK(graph().find_edge(name) == circuit[i].edge);
        CHECK(static_cast<float>(edge["score"].get<double>()) == circuit[i].score);
    }
    CHECK(nlohmann::json::parse(circuit_to_json(graph(), {}))["edges"].empty());
}

TEST_CASE("CSV: a header and a line an edge, ended by CR LF")
{
    const Circuit circuit = samples::circuit(4, 25);
    std::istringstream lines(circuit_to_csv(graph(), circuit));
    std::string line;
    REQUIRE(std::getline(lines, line));
    CHECK(line == "source,target,score\r");
    std::map<std::string, float> read;
    while (std::getline(lines, line)) {
        CHECK(line.back() == '\r');
        const auto first = line.find(',');
        const auto second = line.find(',', first + 1);
        read[line.substr(0, first) + "->" + line.substr(first + 1, second - first - 1)]
            = std::stof(line.substr(second + 1));
    }
    CHECK(read == expected(circuit));
}

TEST_CASE("DOT: Graphviz reads back every edge, between the boxes its name says")
{
    const Circuit circuit = samples::circuit(5, 60);
    const ParsedDot parsed(circuit_to_dot(graph(), circuit));
    REQUIRE(parsed.dot != nullptr);
    CHECK(attribute(parsed.dot, "rankdir") == "BT");
    const auto edges = parsed.edges();
    const auto wanted = expected(circuit);
    REQUIRE(edges.size() == wanted.size());

    std::map<double, double> width_of; // by |score|
    for (const auto& [name, score] : wanted) {
        CAPTURE(name);
        REQUIRE(edges.count(name) == 1);
        Agedge_t* edge = edges.at(name);
        CHECK(name.starts_with(std::string(agnameof(agtail(edge))) + "->"));
        CHECK((attribute(edge, "style") == "dashed") == (score < 0));
        width_of[std::abs(score)] = std::stod(attribute(edge, "penwidth"));
    }
    double last = 0;
    for (const auto& [score, width] : width_of) {
        CHECK(width >= last);
        last = width;
    }
}

TEST_CASE("DOT: heads that share keys and values have boxes of their own for them")
{
    const auto boxes = [](const ComputationalGraph& of, const char* edge_name) {
        const auto id = of.find_edge(edge_name);
        REQUIRE(id.has_value());
        const ParsedDot parsed(circuit_to_dot(of, { { *id, 1.0f } }));
        Agedge_t* edge = parsed.edges().begin()->second;
        return std::string(agnameof(agtail(edge))) + " " + agnameof(aghead(edge));
    };
    const ComputationalGraph shared({ 2, 4, 2, 8 }, {});
    CHECK(boxes(shared, "a0.h3->a1.h1<k>") == "a0.h3 a1.kv1");
    CHECK(boxes(shared, "a0.h3->a1.h3<q>") == "a0.h3 a1.h3");
    const ComputationalGraph plain({ 2, 4, 4, 8 }, {});
    CHECK(boxes(plain, "m0->a1.h3<k>") == "m0 a1.h3");
    CHECK(boxes(plain, "input->logits") == "input logits");
}

TEST_CASE("DOT: an empty circuit and one of zero scores are drawn too")
{
    CHECK(ParsedDot(circuit_to_dot(graph(), {})).edges().empty());
    CHECK(ParsedDot(circuit_to_dot(graph(), { { { 0 }, 0.0f } })).edges().size() == 1);
}
