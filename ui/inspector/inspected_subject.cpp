#include "ui/inspector/inspected_subject.h"

#include <algorithm>
#include <set>

namespace circuitloom::ui {

namespace {

InspectedSubject::Kind kind_of(const std::optional<Node>& writer, const std::string& name)
{
    if (!writer)
        return name == "logits" ? InspectedSubject::Kind::logits
                                : InspectedSubject::Kind::shared_input;
    switch (writer->kind) {
    case NodeKind::input:
        return InspectedSubject::Kind::input;
    case NodeKind::head:
        return InspectedSubject::Kind::head;
    default:
        return InspectedSubject::Kind::mlp;
    }
}

std::optional<Node> writer_of(
    ComponentId component, const ComputationalGraph& graph, const Components& components)
{
    for (int i = 0; i < graph.upstream_count(); ++i)
        if (components.of(NodeId{ i }) == component)
            return graph.node(NodeId{ i });
    return std::nullopt;
}

} // namespace

InspectedSubject inspected_subject(
    const GraphChoice& choice, const ComputationalGraph& graph, const Components& components)
{
    InspectedSubject subject;
    std::set<ComponentId> chosen;
    for (const NodeId node : choice.nodes)
        chosen.insert(components.of(node));
    for (const ComponentId component : chosen)
        subject.parts.push_back({ QString::fromStdString(components.name(component)), {} });
    if (chosen.empty()) {
        for (const EdgeId edge : choice.edges)
            subject.parts.push_back({ QString::fromStdString(graph.edge_name(edge)), { edge } });
        if (!choice.edges.empty())
            subject.kind = choice.edges.size() == 1 ? InspectedSubject::Kind::edge
                                                    : InspectedSubject::Kind::several;
        return subject;
    }
    const std::vector<ComponentId> order(chosen.begin(), chosen.end());
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
        const Edge& edge = graph.edges()[i];
        // No node reads itself, so the two ends are never one part.
        for (const NodeId end : { edge.source, edge.target }) {
            const auto at = std::ranges::lower_bound(order, components.of(end));
            if (at != order.end() && *at == components.of(end))
                subject.parts[static_cast<std::size_t>(at - order.begin())].edges.push_back(
                    EdgeId{ static_cast<std::int32_t>(i) });
        }
    }
    if (order.size() > 1) {
        subject.kind = InspectedSubject::Kind::several;
        return subject;
    }
    subject.component = order.front();
    subject.writer = writer_of(order.front(), graph, components);
    subject.kind = kind_of(subject.writer, components.name(order.front()));
    return subject;
}

} // namespace circuitloom::ui
