#include "ui/edges/edge_table_panel.h"

#include "ui/base/counted_text.h"
#include "ui/base/flow_layout.h"
#include "ui/theme/text_scale.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <unordered_set>

namespace circuitloom::ui {

namespace {

constexpr int settle_ms = 80; // while the timeline runs the table need not follow every frame
constexpr int beside_names = 16; ///< pixels that a column's name needs, at the usual size of texts
constexpr int looked_at = 200; ///< rows whose texts say how wide a column is

/// Of the graph's edges at one of their ends: other circuits of the run have other ones.
int widest_name(const ComputationalGraph& graph, bool source, const QFontMetrics& letters)
{
    std::size_t longest = 0;
    std::string name;
    for (std::size_t node = 0; node < graph.nodes().size(); ++node) {
        const Node& one = graph.nodes()[node];
        if (is_upstream(one.kind) != source)
            continue;
        std::string own = node_name(one);
        if (own.size() > longest) {
            longest = own.size();
            name = std::move(own);
        }
    }
    return letters.horizontalAdvance(QString::fromStdString(name));
}

} // namespace

EdgeTablePanel::EdgeTablePanel(PanelContext& context, QWidget* parent)
    : QWidget(parent)
    , context_(context)
    , found_({ EdgeTable::from, EdgeTable::to }, QStringLiteral("->"))
    , search_(search_line(found_, this))
    , table_(new QTableView(this))
    , count_(new QLabel(this))
{
    found_.setSourceModel(&edges_);
    found_.setSortRole(EdgeTable::sort_role);
    search_->setObjectName(QStringLiteral("edgeSearch"));
    search_->setPlaceholderText(tr("Search, as in a2.h4 m3"));
    search_->setAccessibleName(tr("Search the edges"));
    connect(search_, &QLineEdit::textChanged, this, [this] {
        take_selection(); // of rows that are found again, too
        show_count();
    });
    // Rows that the search leaves out stay selected in the picture. The table, which takes them out of
    // its selection, hears of it after this.
    connect(&found_, &QAbstractItemModel::rowsAboutToBeRemoved, this,
        [this] { rows_leave_ = true; });
    connect(&found_, &QAbstractItemModel::rowsRemoved, this, [this] { rows_leave_ = false; });

    table_->setObjectName(QStringLiteral("edgeTable"));
    table_->setProperty("narrow", true);
    table_->setAccessibleName(tr("Edges of the circuit"));
    show_in_table(found_, *table_);
    follow_text_scale(*table_, [this] {
        fitted_to_.reset();
        refresh_soon();
    });
    // By rank, as they come: no arrow, for which Qt 6.8 would cut that column's name.
    table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->installEventFilter(this);
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &EdgeTablePanel::give_selection);

    count_->setProperty("dim", true);
    auto* copy = new QPushButton(tr("Copy as TSV"), this);
    copy->setObjectName(QStringLiteral("copyEdges"));
    copy->setToolTip(tr("The selected rows, or all (Ctrl+C)"));
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(copied_text()); });
    auto* heading = new QLabel(tr("EDGES"), this);
    heading->setProperty("heading", true);
    count_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* above = new QWidget(this);
    auto* top = new FlowLayout(above);
    top->setContentsMargins(0, 0, 0, 0);
    top->setSpacing(6);
    for (QWidget* widget : std::initializer_list<QWidget*>{ heading, count_, copy })
        top->addWidget(widget);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->setSpacing(6);
    column->addWidget(above);
    column->addWidget(search_);
    column->addWidget(table_, 1);

    timer_.setSingleShot(true);
    timer_.setInterval(settle_ms);
    connect(&timer_, &QTimer::timeout, this, &EdgeTablePanel::refresh);
    connect(&context_, &PanelContext::edges_changed, this, &EdgeTablePanel::refresh_soon);
    connect(&context_, &PanelContext::place_changed, this, &EdgeTablePanel::refresh_soon);
    connect(&context_, &PanelContext::selection_changed, this, [this] {
        if (isVisible() && !timer_.isActive())
            take_selection();
    });
}

void EdgeTablePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

bool EdgeTablePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(copied_text());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

// In a panel of the width that it has at first, rank, ends and score are in sight. Of columns that
// the user gave another width nothing is taken back within one graph.
void EdgeTablePanel::fit_columns(const std::shared_ptr<const ComputationalGraph>& graph)
{
    if (!graph || edges_.rowCount() == 0 || fitted_to_.lock() == graph)
        return;
    fitted_to_ = graph;
    const QFontMetrics letters = table_->fontMetrics();
    const QFontMetrics of_names = table_->horizontalHeader()->fontMetrics();
    const QModelIndex any = found_.index(0, EdgeTable::from);
    // What style and style sheet keep free beside a text.
    const int padding = !any.isValid()
        ? 0
        : table_->sizeHintForIndex(any).width() - letters.horizontalAdvance(any.data().toString());
    for (int column = 0; column < EdgeTable::columns; ++column) {
        int width = letters.horizontalAdvance(QString::number(edges_.rowCount()));
        if (column == EdgeTable::from || column == EdgeTable::to)
            width = widest_name(*graph, column == EdgeTable::from, letters);
        else if (column != EdgeTable::rank)
            for (int row = 0; row < std::min(edges_.rowCount(), looked_at); ++row)
                width = std::max(width,
                    letters.horizontalAdvance(edges_.index(row, column).data().toString()));
        // A column that has nothing yet, as the ages have until they are counted, has its name's room;
        // the sorting arrow stands above it.
        const QString name
            = edges_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        table_->setColumnWidth(column,
            std::max(width + padding, of_names.horizontalAdvance(name) + scaled(beside_names)));
    }
}

void EdgeTablePanel::refresh_soon()
{
    if (isVisible() && !timer_.isActive())
        timer_.start();
}

void EdgeTablePanel::refresh()
{
    const std::optional<ShownPlace> place = context_.place();
    const QModelIndex top = table_->indexAt({ 1, 1 });
    const int first_row = top.isValid() ? top.row() : 0;
    {
        const QScopedValueRollback taking(taking_selection_, true);
        edges_.set_edges(
            place ? place->graph : nullptr, place ? context_.edges() : std::vector<CircuitEdge>());
    }
    fit_columns(place ? place->graph : nullptr);
    table_->scrollTo(found_.index(first_row, 0), QAbstractItemView::PositionAtTop);
    take_selection();
    show_count();
}

// The rows of the edges that the picture has selected, or of those at its selected nodes.
void EdgeTablePanel::take_selection()
{
    const ComputationalGraph* graph = edges_.graph();
    if (taking_selection_ || !graph)
        return;
    const QScopedValueRollback taking(taking_selection_, true);
    const GraphChoice choice = context_.selection();
    const std::unordered_set<EdgeId> chosen(choice.edges.begin(), choice.edges.end());
    QItemSelection rows;
    QModelIndex first;
    for (int row = 0; row < found_.rowCount(); ++row) {
        const QModelIndex index = found_.index(row, 0);
        const EdgeId edge = edges_.edge(found_.mapToSource(index).row());
        const auto touches
            = [&](NodeId node) { return std::ranges::binary_search(choice.nodes, node); };
        if (!chosen.contains(edge) && !touches(graph->edge(edge).source)
            && !touches(graph->edge(edge).target))
            continue;
        rows.select(index, found_.index(row, EdgeTable::columns - 1));
        if (!first.isValid())
            first = index;
    }
    table_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first.isValid())
        table_->scrollTo(first);
}

void EdgeTablePanel::give_selection()
{
    if (taking_selection_ || rows_leave_)
        return;
    GraphChoice choice;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        choice.edges.push_back(edges_.edge(found_.mapToSource(index).row()));
    std::ranges::sort(choice.edges);
    const QScopedValueRollback taking(taking_selection_, true); // it comes back as it is
    context_.select(choice);
}

QString EdgeTablePanel::copied_text() const
{
    return rows_as_tsv(*table_, { EdgeTable::from, EdgeTable::to });
}

void EdgeTablePanel::show_count()
{
    const int shown = found_.rowCount();
    const int all = edges_.rowCount();
    count_->setText(
        shown == all ? edges_text(all) : tr("%1 of %2").arg(shown).arg(edges_text(all)));
}

} // namespace circuitloom::ui
