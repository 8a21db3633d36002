#include "app/cli/commands/circuit_diff_report.h"

#include "app/cli/commands/report_text.h"

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

template <class T, class Name>
Json set_json(const SetDiff<T>& diff, Name name)
{
    const auto names = [&name](const std::vector<T>& items) {
        Json list = Json::array();
        for (const T item : items)
            list.push_back(name(item));
        return list;
    };
    return { { "jaccard", diff.jaccard() }, { "kept", names(diff.kept) },
        { "entered", names(diff.entered) }, { "left", names(diff.left) } };
}

} // namespace

Json circuit_diff_json(const ComputationalGraph& graph, const CircuitDiff& diff)
{
    const Components components(graph);
    return {
        { "edges", set_json(diff.edges, [&](EdgeId edge) { return graph.edge_name(edge); }) },
        { "nodes", set_json(diff.nodes, [&](ComponentId node) { return components.name(node); }) },
        { "edges_turned", diff.turned },
        { "rank_correlation", number(diff.rank_correlation) },
        { "strength_correlation", number(diff.strength_correlation) },
        { "distance", diff.distance },
    };
}

} // namespace circuitloom
