#include "ui/circuit/circuit_choice.h"

#include "ui/base/counted_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

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

QRectF rect_of(
    const CircuitScene& scene, const CircuitGeometry& geometry, const GraphChoice& choice)
{
    QRectF rect;
    for (const NodeOrEdge& item : items_of(*scene.layout, choice)) {
        if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
            rect |= geometry.node_rect(*node);
        } else {
            const EdgeId edge = std::get<EdgeId>(item);
            rect |= geometry.node_rect(source_of(scene, edge))
                | geometry.node_rect(target_of(scene, edge));
        }
    }
    return rect;
}

GraphChoice choice_in(
    const CircuitScene& scene, const CircuitGeometry& geometry, const QRectF& rect)
{
    const std::vector<double> presence = node_presence(scene);
    GraphChoice found;
    for (std::size_t i = 0; i < presence.size(); ++i) {
        const DrawnNodeId node{ static_cast<std::int32_t>(i) };
        if (presence[i] > 0 && rect.intersects(geometry.node_rect(node)))
            found = united(found, choice_of(*scene.layout, node));
    }
    if (!found.nodes.empty())
        return found;
    for (const EdgeAppearance& edge : scene.edges) {
        const DrawnCurve curve = geometry.edge_curve(scene, edge.edge);
        for (int piece = 0; piece <= curve_pieces; ++piece)
            if (rect.contains(point_of(curve, static_cast<double>(piece) / curve_pieces))) {
                found.edges.push_back(edge.edge);
                break;
            }
    }
    return found;
}

std::optional<DrawnNodeId> next_in_circuit(const CircuitScene& scene,
    const CircuitGeometry& geometry, const GraphChoice& choice, const QPointF& direction)
{
    std::vector<DrawnNodeId> present;
    const std::vector<double> presence = node_presence(scene);
    for (std::size_t i = 0; i < presence.size(); ++i)
        if (presence[i] > 0)
            present.push_back(DrawnNodeId{ static_cast<std::int32_t>(i) });
    if (!scene.layout || present.empty())
        return std::nullopt;

    std::optional<DrawnNodeId> from;
    for (const NodeOrEdge& item : items_of(*scene.layout, choice))
        if (const auto* node = std::get_if<DrawnNodeId>(&item))
            from = *node;
    if (!from)
        return direction.x() - direction.y() > 0 ? present.front() : present.back();

    const QPointF start = geometry.node_rect(*from).center();
    const auto ahead_of = [&](DrawnNodeId node) {
        return QPointF::dotProduct(geometry.node_rect(node).center() - start, direction);
    };
    // Up and down no row is passed over, however far aside its nodes lie.
    double row_end = std::numeric_limits<double>::infinity();
    if (direction.x() == 0)
        for (const DrawnNodeId node : present)
            if (const double ahead = ahead_of(node); ahead > 1)
                row_end = std::min(row_end, ahead + geometry.node_rect(node).height() / 2);
    // What lies aside is as far as twice the way ahead.
    std::optional<DrawnNodeId> nearest;
    double least = 0;
    for (const DrawnNodeId node : present) {
        const QPointF way = geometry.node_rect(node).center() - start;
        const double ahead = ahead_of(node);
        const double aside = std::abs(way.x() * direction.y() - way.y() * direction.x());
        const double distance = ahead + 2 * aside;
        if (ahead > 1 && ahead <= row_end && (!nearest || distance < least)) {
            nearest = node;
            least = distance;
        }
    }
    return nearest;
}

QString choice_name(const CircuitScene& scene, const GraphChoice& choice)
{
    if (choice.empty() || !scene.layout)
        return {};
    const std::vector<NodeOrEdge> items = items_of(*scene.layout, choice);
    if (items.size() == 1)
        return item_name(scene, items.front());
    const auto edges = std::ssize(choice.edges);
    QStringList parts;
    if (std::ssize(items) > edges)
        parts << nodes_text(std::ssize(items) - edges);
    if (edges > 0)
        parts << edges_text(edges);
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
