#include "core/layout/circuit_writer.h"

#include "core/base/number_text.h"
#include "core/base/xml_text.h"
#include "core/layout/drawn_names.h"

#include <array>
#include <set>

namespace circuitloom {

namespace {

struct Key
{
    const char* id;
    const char* of; ///< graph, node or edge
    const char* name;
    const char* type;
};

constexpr std::array keys{ Key{ "model", "graph", "model", "string" },
    Key{ "run", "graph", "run", "long" }, Key{ "run_name", "graph", "name", "string" },
    Key{ "method", "graph", "method", "string" }, Key{ "iteration", "graph", "iteration", "int" },
    Key{ "step", "graph", "step", "int" }, Key{ "node_kind", "node", "kind", "string" },
    Key{ "layer", "node", "layer", "int" }, Key{ "label", "node", "label", "string" },
    Key{ "x", "node", "x", "double" }, Key{ "y", "node", "y", "double" },
    Key{ "name", "edge", "name", "string" }, Key{ "score", "edge", "score", "double" },
    Key{ "edge_kind", "edge", "kind", "string" }, Key{ "rank", "edge", "rank", "int" } };

std::string data(const char* key, std::string_view value)
{
    return "<data key=\"" + std::string(key) + "\">" + xml_text(value) + "</data>";
}

std::string head(const CircuitOrigin& origin)
{
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
                       " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                       " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
                       " http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";
    for (const Key& key : keys)
        text += std::string("<key id=\"") + key.id + "\" for=\"" + key.of + "\" attr.name=\""
            + key.name + "\" attr.type=\"" + key.type + "\"/>\n";
    return text + "<graph id=\"circuit\" edgedefault=\"directed\">\n" + data("model", origin.model)
        + data("run", std::to_string(origin.run)) + data("run_name", origin.name)
        + data("method", origin.method) + data("iteration", std::to_string(origin.iteration))
        + data("step", std::to_string(origin.step)) + "\n";
}

std::string node_element(const DrawnNode& node, const CircuitLayout& layout)
{
    return "<node id=\"" + xml_text(node.name) + "\">" + data("node_kind", name_of(node.kind))
        + data("layer", std::to_string(node.layer)) + data("label", node.label)
        + data("x", shortest(node.x)) + data("y", shortest(layout.height - node.y)) + "</node>\n";
}

} // namespace

std::string circuit_to_graphml(const ComputationalGraph& graph, const Circuit& circuit,
    const CircuitLayout& layout, const CircuitOrigin& origin)
{
    std::string nodes;
    std::string edges;
    std::set<std::string> written;
    int rank = 0;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        const DrawnNode& source = drawn_node(layout, edge.source);
        const DrawnNode& target = drawn_node(layout, edge.target);
        for (const DrawnNode* node : { &source, &target })
            if (written.insert(node->name).second)
                nodes += node_element(*node, layout);
        ++rank;
        // An id may not hold the < and > of an edge's name.
        edges += "<edge id=\"e" + std::to_string(rank) + "\" source=\"" + xml_text(source.name)
            + "\" target=\"" + xml_text(target.name) + "\">" + data("name", graph.edge_name(scored.edge))
            + data("score", shortest(scored.score))
            + data("edge_kind", edge_kind_name(graph.node(edge.target).kind))
            + data("rank", std::to_string(rank)) + "</edge>\n";
    }
    return head(origin) + nodes + edges + "</graph>\n</graphml>\n";
}

} // namespace circuitloom
