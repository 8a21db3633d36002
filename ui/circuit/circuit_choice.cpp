#include "ui/circuit/circuit_choice.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

namespace circuitloom::ui {

namespace {

template <class T>
std::vector<T> united(const std::vector<T>& a, const std::vector<T>& b)
{
    std::vector<T> both;
    std::ranges::set_union(a, b, std::back_inserter(both));
    return both;
}

template <class T>
std::vector<T> without(const std::vector<T>& all, const std::vector<T>& part)
{
    std::vector<T> rest;
    std::ranges::set_difference(all, part, std::back_inserter(rest));
    return rest;
}

QString count_of(std::size_t count, const QString& what)
{
    return QString::number(count) % u' ' % what % (count == 1 ? QString() : QStringLiteral("s"));
}

} // namespace

GraphChoice choice_of(const CircuitLayout& layout, const NodeOrEdge& item)
{
    if (const auto* edge = std::get_if<EdgeId>(&item))
        return { {}, { *edge } };
    const int drawn = std::get<DrawnNodeId>(item).value;
    GraphChoice choice;
    for (std::size_t node = 0; node < layout.drawn_of.size(); ++node)
        if (layout.drawn_of[node] == drawn)
            choice.nodes.push_back({ static_cast<std::int32_t>(node) });
    return choice;
}

std::vector<NodeOrEdge> items_of(const CircuitLayout& layout, const GraphChoice& choice)
{
    std::vector<int> drawn;
    for (const NodeId node : choice.nodes)
        drawn.push_back(layout.drawn_of[static_cast<std::size_t>(node.value)]);
    std::ranges::sort(drawn);
    const auto [last, end] = std::ranges::unique(drawn);
    drawn.erase(last, end);
    std::vector<NodeOrEdge> items;
    for (const int node : drawn)
        items.emplace_back(DrawnNodeId{ node });
    items.insert(items.end(), choice.edges.begin(), choice.edges.end());
    return items;
}

bool contains(const GraphChoice& choice, const GraphChoice& part)
{
    return std::ranges::includes(choice.nodes, part.nodes)
        && std::ranges::includes(choice.edges, part.edges);
}

GraphChoice united(const GraphChoice& a, const GraphChoice& b)
{
    return { united(a.nodes, b.nodes), united(a.edges, b.edges) };
}

GraphChoice without(const GraphChoice& choice, const GraphChoice& part)
{
    return { without(choice.nodes, part.nodes), without(choice.edges, part.edges) };
}

QString choice_name(const CircuitScene& scene, const GraphChoice& choice)
{
    if (choice.empty() || !scene.layout)
        return {};
    const std::vector<NodeOrEdge> items = items_of(*scene.layout, choice);
    if (items.size() == 1)
        return item_name(scene, items.front());
    const std::size_t edges = choice.edges.size();
    QStringList parts;
    if (items.size() > edges)
        parts << count_of(items.size() - edges, QStringLiteral("node"));
    if (edges > 0)
        parts << count_of(edges, QStringLiteral("edge"));
    return parts.join(QStringLiteral(", "));
}

QString item_name(const CircuitScene& scene, const NodeOrEdge& item)
{
    if (const auto* node = std::get_if<DrawnNodeId>(&item))
        return QString::fromStdString(
            scene.layout->nodes[static_cast<std::size_t>(node->value)].name);
    return QString::fromStdString(scene.graph->edge_name(std::get<EdgeId>(item)));
}

} // namespace circuitloom::ui
