#include "ui/edges/edge_table.h"

#include "ui/base/measure_text.h"

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int score_decimals = 4;

// Downstream nodes of a layer come after all upstream ones in the graph's own order.
double place_of(const ComputationalGraph& graph, NodeId id)
{
    const Node& node = graph.node(id);
    if (node.kind == NodeKind::logits)
        return 1e12;
    const bool mlp = node.kind == NodeKind::mlp || node.kind == NodeKind::mlp_group
        || node.kind == NodeKind::mlp_in || node.kind == NodeKind::mlp_group_in;
    return (node.layer + 1) * 1e6 + (mlp ? 5e5 : 0) + (node.index + 1) * 4
        + (node.kind == NodeKind::key          ? 1
                : node.kind == NodeKind::value ? 2
                                               : 0);
}

} // namespace

void EdgeTable::set_edges(
    std::shared_ptr<const ComputationalGraph> graph, std::vector<CircuitEdge> edges)
{
    beginResetModel();
    graph_ = std::move(graph);
    edges_ = graph_ ? std::move(edges) : std::vector<CircuitEdge>();
    endResetModel();
}

int EdgeTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(edges_.size());
}

int EdgeTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString EdgeTable::text(int row, int column) const
{
    const CircuitEdge& edge = edges_[static_cast<std::size_t>(row)];
    const Edge& ends = graph_->edge(edge.edge);
    switch (column) {
    case rank:
        return QString::number(row + 1);
    case from:
        return QString::fromStdString(node_name(graph_->node(ends.source)));
    case to:
        return QString::fromStdString(node_name(graph_->node(ends.target)));
    case score:
        return signed_number(edge.score, score_decimals);
    case change:
        return !edge.before     ? QString()
            : *edge.before == 0 ? tr("new")
                                : signed_number(edge.score - *edge.before, score_decimals);
    case age:
        return edge.age ? QString::number(*edge.age) : QString();
    case resamples:
        return edge.certainty
            ? tr("%1 %").arg(100 * static_cast<double>(edge.certainty->inclusion), 0, 'f', 1)
            : QString();
    case interval:
        return edge.certainty
            ? tr("%1 to %2").arg(signed_number(static_cast<double>(edge.certainty->low)),
                signed_number(static_cast<double>(edge.certainty->high)))
            : QString();
    default:
        return edge.inclusion ? tr("%1 %").arg(100 * *edge.inclusion, 0, 'f', 0) : QString();
    }
}

QVariant EdgeTable::sort_key(int row, int column) const
{
    const CircuitEdge& edge = edges_[static_cast<std::size_t>(row)];
    switch (column) {
    case from:
        return place_of(*graph_, graph_->edge(edge.edge).source);
    case to:
        return place_of(*graph_, graph_->edge(edge.edge).target);
    case score:
        return edge.score;
    case change:
        return edge.score - edge.before.value_or(edge.score);
    case age:
        return edge.age.value_or(-1);
    case inclusion:
        return edge.inclusion.value_or(-1);
    case resamples:
        return edge.certainty ? static_cast<double>(edge.certainty->inclusion) : -1.0;
    case interval: // by how wide it is
        return edge.certainty
            ? static_cast<double>(edge.certainty->high) - static_cast<double>(edge.certainty->low)
            : -1.0;
    default:
        return row;
    }
}

QVariant EdgeTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool is_name = index.column() == from || index.column() == to;
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == sort_role)
        return sort_key(index.row(), index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | (is_name ? Qt::AlignLeft : Qt::AlignRight));
    return {};
}

QVariant EdgeTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool is_name = section == from || section == to;
        return QVariant::fromValue(Qt::AlignVCenter | (is_name ? Qt::AlignLeft : Qt::AlignRight));
    }
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case rank:
            return tr("Place by |score|, the strongest first");
        case score:
            return tr("What the edge contributes to the metric: positive where keeping it raises "
                      "the metric");
        case change:
            return tr("Score less that in the circuit which the colours compare with");
        case age:
            return tr("For how many iterations the edge has been in the circuit without a break");
        case inclusion:
            return tr("Share of the run's iterations whose circuit has the edge");
        case resamples:
            return tr("Share of the resamples of the examples whose circuit has the edge; of runs "
                      "with circuit.resamples");
        case interval:
            return tr("The 2.5th and the 97.5th percentile of the edge's score in the resamples");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case rank:
        return tr("Rank");
    case from:
        return tr("From");
    case to:
        return tr("To");
    case score:
        return tr("Score");
    case change:
        return tr("Change");
    case age:
        return tr("Age");
    case resamples:
        return tr("Resamples");
    case interval:
        return tr("Interval");
    default:
        return tr("Inclusion");
    }
}

} // namespace circuitloom::ui
