#include "core/layout/circuit_writer.h"

#include "core/base/number_text.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace circuitloom {

namespace {

/// The number that is written as the shortest text of a score.
double as_written(float score)
{
    const std::string text = shortest(score);
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

nlohmann::ordered_json edges_of(const ComputationalGraph& graph, const Circuit& circuit)
{
    nlohmann::ordered_json edges = nlohmann::ordered_json::array();
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        edges.push_back({ { "source", node_name(graph.node(edge.source)) },
            { "target", node_name(graph.node(edge.target)) },
            { "score", as_written(scored.score) } });
    }
    return edges;
}

} // namespace

std::string circuit_to_json(const ComputationalGraph& graph, const Circuit& circuit)
{
    return nlohmann::ordered_json{ { "edges", edges_of(graph, circuit) } }.dump(1) + "\n";
}

std::string circuit_to_json(
    const ComputationalGraph& graph, const Circuit& circuit, const CircuitOrigin& origin)
{
    const nlohmann::ordered_json json{ { "model", origin.model }, { "run", origin.run },
        { "name", origin.name }, { "method", origin.method }, { "iteration", origin.iteration },
        { "step", origin.step }, { "graph", graph_kind_name(graph.options().kind) },
        { "mlp_group_size", graph.options().mlp_group_size },
        { "edges", edges_of(graph, circuit) } };
    return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string circuit_to_csv(const ComputationalGraph& graph, const Circuit& circuit)
{
    // RFC 4180: lines end with CR LF. Node names hold neither commas nor quotes.
    std::string text = "source,target,score\r\n";
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        text += node_name(graph.node(edge.source)) + "," + node_name(graph.node(edge.target)) + ","
            + shortest(scored.score) + "\r\n";
    }
    return text;
}

} // namespace circuitloom
