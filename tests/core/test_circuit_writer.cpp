#include "core/layout/circuit_writer.h"
#include "core/layout/lattice_layout.h"
#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cgraph.h>

#include <fstream>
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

TEST_CASE("DOT of a picture: its colours and widths, its boxes where the layout has them")
{
    const Circuit circuit = samples::circuit(6, 20);
    std::vector<PicturedEdge> edges;
    for (const ScoredEdge& scored : circuit)
        edges.push_back(
            { scored.edge, scored.score, "#12345680", 1.5 + static_cast<double>(edges.size()) });
    const CircuitLayout layout = lattice_layout(graph());
    const ParsedDot parsed(picture_to_dot(graph(), layout, edges));
    const auto read = parsed.edges();
    REQUIRE(read.size() == edges.size());
    for (const PicturedEdge& edge : edges) {
        Agedge_t* line = read.at(graph().edge_name(edge.edge));
        CHECK(attribute(line, "color") == "#12345680");
        CHECK(std::stod(attribute(line, "penwidth")) == doctest::Approx(edge.width));
        const NodeId source = graph().edge(edge.edge).source;
        const DrawnNode& box = layout.nodes[static_cast<std::size_t>(
            layout.drawn_of[static_cast<std::size_t>(source.value)])];
        Agnode_t* const tail = agtail(line);
        CHECK(agnameof(tail) == box.name);
        const std::string at = attribute(tail, "pos");
        CHECK(std::stod(at) == doctest::Approx(box.x).epsilon(0.001));
        CHECK(std::stod(at.substr(at.find(',') + 1))
            == doctest::Approx(layout.height - box.y).epsilon(0.001));
    }
}

TEST_CASE("GraphML: networkx reads every edge, its attributes and its ends"
    * doctest::test_suite("conditional"))
{
    if (std::system("python3 -c 'import networkx' 2>/dev/null") != 0) {
        circuitloom::testing::skip("python3 has no networkx");
        return;
    }
    const samples::TemporaryFolder folder;
    const Circuit circuit = samples::circuit(7, 80);
    const CircuitLayout layout = lattice_layout(graph());
    // The model's name is whatever a file says.
    const CircuitOrigin origin{ "a <model> & \"more\"\x01\xff", 3, "my run", "circuit", 7, 21 };
    std::ofstream(folder / "circuit.graphml", std::ios::binary)
        << circuit_to_graphml(graph(), circuit, layout, origin);
    const std::string command = "python3 '" CIRCUITLOOM_SOURCE_DIR
                                "/tests/support/read_graphml.py' '"
        + (folder / "circuit.graphml").string() + "' >'" + (folder / "read.json").string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    const auto read = nlohmann::json::parse(testing::bytes_of(folder / "read.json"));

    CHECK(read["directed"] == true);
    CHECK(read["graph"]["model"] == "a <model> & \"more\"\xEF\xBF\xBD");
    CHECK(read["graph"]["run"] == 3);
    CHECK(read["graph"]["name"] == "my run");
    CHECK(read["graph"]["method"] == "circuit");
    CHECK(read["graph"]["iteration"] == 7);
    CHECK(read["graph"]["step"] == 21);
    std::map<std::string, nlohmann::json> nodes;
    for (const auto& node : read["nodes"])
        nodes[node["id"].get<std::string>()] = node;
    REQUIRE(read["edges"].size() == circuit.size());
    for (const auto& edge : read["edges"]) {
        const auto id = graph().find_edge(edge["name"].get<std::string>());
        REQUIRE(id.has_value());
        const auto rank = edge["rank"].get<std::size_t>();
        CHECK(circuit.at(rank - 1).edge == *id);
        CHECK(static_cast<float>(edge["score"].get<double>()) == circuit[rank - 1].score);
        const auto drawn = [&](NodeId node) {
            return layout.nodes[static_cast<std::size_t>(
                layout.drawn_of[static_cast<std::size_t>(node.value)])];
        };
        for (const auto& [end, node] : { std::pair{ "source", drawn(graph().edge(*id).source) },
                 std::pair{ "target", drawn(graph().edge(*id).target) } }) {
            CHECK(edge[end] == node.name);
            const auto& is = nodes.at(node.name);
            CHECK(is["layer"] == node.layer);
            CHECK(is["label"] == node.label);
            CHECK(is["x"] == node.x);
            CHECK(is["y"] == layout.height - node.y);
            CHECK(is["kind"].is_string());
        }
        const std::string target = node_name(graph().node(graph().edge(*id).target));
        if (target.back() == '>')
            CHECK(edge["kind"] == target.substr(target.size() - 2, 1));
        else
            CHECK(edge["kind"] == (target == "logits" ? "logits" : "mlp"));
    }
}

TEST_CASE("GraphML: an empty circuit is a graph too")
{
    const std::string text = circuit_to_graphml(graph(), {}, lattice_layout(graph()), {});
    CHECK(text.find("<node") == std::string::npos);
    CHECK(text.ends_with("</graph>\n</graphml>\n"));
}
