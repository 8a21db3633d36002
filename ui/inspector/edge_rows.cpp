#include "ui/inspector/edge_rows.h"

#include "ui/base/counted_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/steady_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr std::size_t shown_each_way = 6;

} // namespace

std::vector<EdgeRow> edge_rows(const EdgeRowsOf& of, const std::vector<CircuitEdge>& circuit,
    const ComputationalGraph& graph, const Components& components, std::size_t most)
{
    std::vector<EdgeRow> in;
    std::vector<EdgeRow> out;
    for (const CircuitEdge& edge : circuit) {
        const Edge& ends = graph.edge(edge.edge);
        if (components.of(ends.target) == of.into && in.size() < most)
            in.push_back({ edge.edge, false, edge.score });
        if (components.of(ends.source) == of.out_of && out.size() < most)
            out.push_back({ edge.edge, true, edge.score });
    }
    in.insert(in.end(), out.begin(), out.end());
    return in;
}

EdgeRows::EdgeRows(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , counts_(new QLabel(this))
    , list_(new QListWidget(this))
{
    counts_->setObjectName(QStringLiteral("inspectorEdgeCounts"));
    counts_->setWordWrap(true);
    counts_->setProperty("dim", true);
    counts_->setContentsMargins(16, 0, 16, 0);
    list_->setObjectName(QStringLiteral("inspectorEdges"));
    list_->setAccessibleName(tr("Strongest edges into and out of what is selected"));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(new SteadyText(*counts_, this));
    auto* indented = new QHBoxLayout;
    indented->setContentsMargins(5, 0, 5, 0); // the rows' own padding is the rest of the margin
    indented->addWidget(list_);
    column->addLayout(indented);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    const auto select = [this](const QListWidgetItem* item) {
        context_.select({ {}, { rows_[static_cast<std::size_t>(list_->row(item))].edge } });
    };
    connect(list_, &QListWidget::itemClicked, this, select);
    connect(list_, &QListWidget::itemActivated, this, select);
}

void EdgeRows::show_edges(const EdgeRowsOf& of, const std::vector<CircuitEdge>& circuit,
    const ComputationalGraph& graph, const Components& components)
{
    const auto in = std::ranges::count_if(circuit, [&](const CircuitEdge& edge) {
        return components.of(graph.edge(edge.edge).target) == of.into;
    });
    const auto out = std::ranges::count_if(circuit, [&](const CircuitEdge& edge) {
        return components.of(graph.edge(edge.edge).source) == of.out_of;
    });
    const auto name_of = [&](ComponentId node) {
        return QString::fromStdString(components.name(node));
    };
    const QString counts = of.into == of.out_of
        ? tr("%1 in, %2 out").arg(edges_text(in)).arg(out)
        : tr("%1 into %2, %3 out of %4")
              .arg(edges_text(in), name_of(of.into), QString::number(out), name_of(of.out_of));
    counts_->setText(counts
        + (std::max(in, out) > std::ptrdiff_t{ shown_each_way } ? tr("; the strongest:")
                                                                 : QString()));
    std::vector<EdgeRow> rows = edge_rows(of, circuit, graph, components, shown_each_way);
    if (rows == rows_)
        return;
    rows_ = std::move(rows);
    list_->clear();
    for (const EdgeRow& row : rows_) {
        const Edge& ends = graph.edge(row.edge);
        const QString name = QString::fromStdString(node_name(graph.node(ends.source)))
            + QStringLiteral(" → ") + QString::fromStdString(node_name(graph.node(ends.target)));
        list_->addItem(QStringLiteral("%1   %2").arg(signed_number(row.score, 4), name));
    }
    list_->setVisible(!rows_.empty());
    if (!rows_.empty())
        list_->setFixedHeight(
            list_->sizeHintForRow(0) * static_cast<int>(rows_.size()) + 2 * list_->frameWidth() + 4);
}

} // namespace circuitloom::ui
