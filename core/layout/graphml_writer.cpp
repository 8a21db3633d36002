#include "core/layout/circuit_writer.h"

#include "core/base/utf8.h"

#include <array>
#include <charconv>
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

// XML 1.0 has no place for most control characters, escaped or not.
std::string xml(std::string_view bytes)
{
    std::string text;
    for (const char letter : valid_utf8(bytes)) {
        switch (letter) {
        case '&':
            text += "&amp;";
            break;
        case '<':
            text += "&lt;";
            break;
        case '>':
            text += "&gt;";
            break;
        case '"':
            text += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(letter) >= 0x20)
                text += letter;
        }
    }
    return text;
}

// The shortest text that reads back as the same number.
template <typename Number>
std::string shortest(Number number)
{
    char text[32];
    const auto result = std::to_chars(text, text + sizeof text, number);
    return { text, result.ptr };
}

std::string data(const char* key, const std::string& value)
{
    return "<data key=\"" + std::string(key) + "\">" + xml(value) + "</data>";
}

const char* kind_name(DrawnNode::Kind kind)
{
    switch (kind) {
    case DrawnNode::Kind::input:
        return "input";
    case DrawnNode::Kind::head:
        return "head";
    case DrawnNode::Kind::kv_head:
        return "kv_head";
    case DrawnNode::Kind::mlp:
        return "mlp";
    case DrawnNode::Kind::group:
        return "group";
    case DrawnNode::Kind::logits:
        break;
    }
    return "logits";
}

const char* kind_of_edge(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return "q";
    case NodeKind::key:
        return "k";
    case NodeKind::value:
        return "v";
    case NodeKind::logits:
        return "logits";
    default:
        return "mlp";
    }
}

const DrawnNode& drawn(const CircuitLayout& layout, NodeId node)
{
    const int index = layout.drawn_of[static_cast<std::size_t>(node.value)];
    return layout.nodes[static_cast<std::size_t>(index)];
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
    return "<node id=\"" + xml(node.name) + "\">" + data("node_kind", kind_name(node.kind))
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
        const DrawnNode& source = drawn(layout, edge.source);
        const DrawnNode& target = drawn(layout, edge.target);
        for (const DrawnNode* node : { &source, &target })
            if (written.insert(node->name).second)
                nodes += node_element(*node, layout);
        ++rank;
        // An id may not hold the < and > of an edge's name.
        edges += "<edge id=\"e" + std::to_string(rank) + "\" source=\"" + xml(source.name)
            + "\" target=\"" + xml(target.name) + "\">" + data("name", graph.edge_name(scored.edge))
            + data("score", shortest(scored.score))
            + data("edge_kind", kind_of_edge(graph.node(edge.target).kind))
            + data("rank", std::to_string(rank)) + "</edge>\n";
    }
    return head(origin) + nodes + edges + "</graph>\n</graphml>\n";
}

} // namespace circuitloom
