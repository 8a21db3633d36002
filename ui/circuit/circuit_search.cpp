#include "ui/circuit/circuit_search.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace circuitloom::ui {

namespace {

const QString arrow = QStringLiteral("->");

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CircuitSearch)
};

QString plain(const QString& text)
{
    QString plain = text.simplified().toLower();
    return plain.remove(u' ').replace(u'→', arrow);
}

QString name_of(const DrawnNode& node)
{
    return QString::fromStdString(node.name);
}

std::optional<DrawnNodeId> drawn_named(const CircuitLayout& layout, const QString& name)
{
    for (std::size_t i = 0; i < layout.nodes.size(); ++i)
        if (plain(name_of(layout.nodes[i])) == name)
            return DrawnNodeId{ static_cast<std::int32_t>(i) };
    return std::nullopt;
}

// The input of a head that a name like `a5.h3<q>` means. An MLP's input and output share the name
// of the drawn node, which is none of an input.
std::optional<NodeId> port_named(const ComputationalGraph& graph, const QString& name)
{
    const auto node
        = name.endsWith(u'>') ? parse_node_name(name.toStdString(), false) : std::optional<Node>();
    return node ? graph.find_node(*node) : std::nullopt;
}

std::optional<GraphChoice> node_named(const SearchPlace& place, const QString& name)
{
    if (const auto port = port_named(place.graph, name))
        return GraphChoice{ { *port }, {} };
    for (const CircuitLayout* layout : { &place.lattice, &place.shown })
        if (const auto drawn = drawn_named(*layout, name))
            return choice_of(*layout, *drawn);
    return std::nullopt;
}

bool has(const GraphChoice& choice, NodeId node)
{
    return std::ranges::binary_search(choice.nodes, node);
}

/// The circuit's edges from one choice of nodes to another; empty ones stand for any.
std::vector<EdgeId> edges_between(const SearchPlace& place, const std::optional<GraphChoice>& from,
    const std::optional<GraphChoice>& to)
{
    std::vector<EdgeId> edges;
    for (const ScoredEdge& scored : place.circuit) {
        const Edge& edge = place.graph.edge(scored.edge);
        if ((!from || has(*from, edge.source)) && (!to || has(*to, edge.target)))
            edges.push_back(scored.edge);
    }
    return edges;
}

/// Gathers names, each once, up to a number.
class Names
{
public:
    explicit Names(int most)
        : most_(most)
    {
    }
    bool full() const { return names_.size() >= most_; }
    void add(const QString& name)
    {
        if (!full() && known_.insert(name).second)
            names_ << name;
    }
    QStringList take() { return std::move(names_); }

private:
    int most_;
    std::set<QString> known_;
    QStringList names_;
};

void add_edges(Names& names, const SearchPlace& place, const QString& from, const QString& to)
{
    const auto source = from.isEmpty() ? std::nullopt : node_named(place, from);
    if (!from.isEmpty() && !source)
        return;
    const auto fits = [&](EdgeId edge) {
        const NodeId target = place.graph.edge(edge).target;
        return plain(QString::fromStdString(node_name(place.graph.node(target)))).startsWith(to);
    };
    const auto add
        = [&](EdgeId edge) { names.add(QString::fromStdString(place.graph.edge_name(edge))); };
    for (const EdgeId edge : edges_between(place, source, std::nullopt))
        if (fits(edge))
            add(edge);
    if (!source)
        return;
    for (const NodeId writer : source->nodes) {
        const auto count = static_cast<std::int32_t>(place.graph.nodes().size());
        for (std::int32_t reader = place.graph.upstream_count(); reader < count && !names.full();
             ++reader)
            if (const auto edge = place.graph.find_edge(writer, { reader }); edge && fits(*edge))
                add(*edge);
    }
}

// The drawn nodes with an edge in the circuit, ordered by the strength of their edges.
std::vector<int> nodes_in_circuit(const SearchPlace& place)
{
    std::map<int, double> strength;
    for (const ScoredEdge& scored : place.circuit) {
        const Edge& edge = place.graph.edge(scored.edge);
        for (const NodeId end : { edge.source, edge.target })
            strength[place.lattice.drawn_of[static_cast<std::size_t>(end.value)]]
                += std::abs(static_cast<double>(scored.score));
    }
    std::vector<std::pair<double, int>> order;
    for (const auto& [node, sum] : strength)
        order.emplace_back(-sum, node);
    std::ranges::sort(order);
    std::vector<int> nodes;
    for (const auto& [sum, node] : order)
        nodes.push_back(node);
    return nodes;
}

void add_nodes(Names& names, const SearchPlace& place, const QString& text)
{
    const auto node
        = [&](int i) { return name_of(place.lattice.nodes[static_cast<std::size_t>(i)]); };
    const std::vector<int> in_circuit = nodes_in_circuit(place);
    // What begins so comes before what only has it in it (`h3`).
    for (const bool begins : { true, false }) {
        const auto fits = [&](const QString& name) {
            const QString lower = plain(name);
            return begins ? lower.startsWith(text) : lower.contains(text);
        };
        for (const int i : in_circuit)
            if (fits(node(i)))
                names.add(node(i));
        for (const DrawnNode& drawn : place.shown.nodes)
            if (drawn.kind == DrawnNode::Kind::group && fits(name_of(drawn)))
                names.add(name_of(drawn));
        if (begins)
            for (const Node& graph_node : place.graph.nodes()) {
                const QString name = QString::fromStdString(node_name(graph_node));
                if (text.contains(u'.') && name.endsWith(u'>') && fits(name)
                    && (text.contains(u'<') || plain(name).startsWith(text + u'<')))
                    names.add(name);
            }
        for (const DrawnNode& drawn : place.lattice.nodes)
            if (fits(name_of(drawn)))
                names.add(name_of(drawn));
    }
}

} // namespace

std::optional<GraphChoice> find_named(const SearchPlace& place, const QString& text)
{
    const QString name = plain(text);
    const auto at = name.indexOf(arrow);
    if (at < 0)
        return name.isEmpty() ? std::nullopt : node_named(place, name);
    if (const auto edge = place.graph.find_edge(name.toStdString()))
        return GraphChoice{ {}, { *edge } };
    const QString from = name.left(at);
    const QString to = name.mid(at + arrow.size());
    const auto source = node_named(place, from);
    const auto target = node_named(place, to);
    const bool known = (from.isEmpty() || source) && (to.isEmpty() || target)
        && !(from.isEmpty() && to.isEmpty());
    GraphChoice found;
    if (known)
        found.edges = edges_between(place, source, target);
    std::ranges::sort(found.edges);
    return found.empty() ? std::nullopt : std::optional(found);
}

QString why_not_found(const ComputationalGraph& graph, const QString& text)
{
    const GraphShape& shape = graph.shape();
    for (const QString& part : plain(text).split(arrow, Qt::SkipEmptyParts)) {
        auto node = parse_node_name(part.toStdString(), true);
        if (!node)
            node = parse_node_name(part.toStdString(), false);
        if (!node)
            return Words::tr("Nothing here is named “%1”. A head is written as a2.h5, an MLP as m0.")
                .arg(part);
        if (node->layer >= shape.layers)
            return Words::tr("There is no layer %1: the layers of this model are 0 to %2.")
                .arg(node->layer)
                .arg(shape.layers - 1);
        if (node->kind == NodeKind::head && node->index >= shape.heads)
            return Words::tr("There is no head %1: the heads of a layer are 0 to %2.")
                .arg(node->index)
                .arg(shape.heads - 1);
    }
    return text.contains(arrow) || text.contains(u'→')
        ? Words::tr("The circuit has no such edge.")
        : Words::tr("The graph of this run has no node “%1”.").arg(text.trimmed());
}

QStringList completions(const SearchPlace& place, const QString& text, int most)
{
    const QString typed = plain(text);
    Names names(most);
    if (const auto at = typed.indexOf(arrow); at >= 0)
        add_edges(names, place, typed.left(at), typed.mid(at + arrow.size()));
    else if (!typed.isEmpty())
        add_nodes(names, place, typed);
    return names.take();
}

} // namespace circuitloom::ui
