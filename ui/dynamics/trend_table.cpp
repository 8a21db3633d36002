#include "ui/dynamics/trend_table.h"

#include "ui/base/row_height.h"
#include "ui/theme/text_scale.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int inset = 5; ///< of a curve in its cell

/// Paints the curve of a row around its zero.
class CurveDelegate : public QStyledItemDelegate
{
public:
    explicit CurveDelegate(TrendTable& table)
        : QStyledItemDelegate(&table)
        , table_(table)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const TrendRow& row = table_.rows()[static_cast<std::size_t>(index.row())];
        double greatest = 1e-12;
        for (const float value : row.course)
            greatest = std::max(greatest, std::abs(static_cast<double>(value)));
        const QRectF place = QRectF(option.rect).adjusted(inset, 3, -inset, -3);
        const auto y_of = [&](double value) {
            return place.center().y() - value / greatest * place.height() / 2;
        };
        const double step = row.course.size() > 1
            ? place.width() / static_cast<double>(row.course.size() - 1)
            : 0;
        QPolygonF line;
        for (std::size_t i = 0; i < row.course.size(); ++i)
            line << QPointF(place.left() + static_cast<double>(i) * step,
                y_of(static_cast<double>(row.course[i])));
        const Theme& theme = table_.shown_theme();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(theme.faint);
        painter->drawLine(QPointF(place.left(), y_of(0)), QPointF(place.right(), y_of(0)));
        painter->setPen(QPen(theme.accent, 1.3));
        if (line.size() == 1)
            painter->drawEllipse(line.front(), 1.5, 1.5);
        else
            painter->drawPolyline(line);
        painter->restore();
    }

private:
    TrendTable& table_;
};

} // namespace

TrendTable::TrendTable(QWidget* parent)
    : QTableWidget(0, columns, parent)
{
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    verticalHeader()->hide();
    keep_rows_at_text_height(*this, 8);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(curve, QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(30);
    follow_text_scale(*this, [this] {
        const int letter = fontMetrics().horizontalAdvance(u'0');
        setColumnWidth(name, 17 * letter);
        setColumnWidth(kind, 4 * letter);
        setColumnWidth(figure, 16 * letter);
    });
    setHorizontalScrollMode(ScrollPerPixel);
    setItemDelegateForColumn(curve, new CurveDelegate(*this));
    connect(this, &QTableWidget::itemSelectionChanged, this, [this] {
        if (filling_)
            return;
        std::vector<EdgeId> edges;
        for (const QModelIndex& row : selectionModel()->selectedRows())
            edges.push_back(rows_[static_cast<std::size_t>(row.row())].edge);
        Q_EMIT edges_chosen(edges);
    });
}

void TrendTable::set_rows(std::vector<TrendRow> rows, const QString& figure_title)
{
    const QScopedValueRollback filling(filling_, true);
    // While a run trains the rows come anew again and again; who reads one stays at it.
    std::optional<EdgeId> read;
    if (currentRow() >= 0)
        read = rows_[static_cast<std::size_t>(currentRow())].edge;
    const int column = std::max(0, currentColumn());
    const int seen_from = verticalScrollBar()->value();
    setRowCount(0); // no delegate sees rows of the ones before
    rows_ = std::move(rows);
    setRowCount(static_cast<int>(rows_.size()));
    setHorizontalHeaderLabels({ tr("Edge"), QString(), tr("Score over the run"), figure_title });
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const int at = static_cast<int>(i);
        setItem(at, name, new QTableWidgetItem(rows_[i].name));
        auto* which = new QTableWidgetItem(rows_[i].up ? QStringLiteral("▲") : QStringLiteral("▼"));
        which->setToolTip(rows_[i].way);
        which->setData(Qt::AccessibleTextRole, rows_[i].way);
        which->setTextAlignment(Qt::AlignCenter);
        setItem(at, kind, which);
        setItem(at, curve, new QTableWidgetItem);
        auto* number = new QTableWidgetItem(rows_[i].figure);
        number->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setItem(at, figure, number);
    }
    if (read) {
        const auto same = std::ranges::find(rows_, *read, &TrendRow::edge);
        if (same != rows_.end())
            selectionModel()->setCurrentIndex(
                model()->index(static_cast<int>(same - rows_.begin()), column),
                QItemSelectionModel::NoUpdate);
    }
    verticalScrollBar()->setValue(seen_from);
}

void TrendTable::set_theme(const Theme& theme)
{
    theme_ = theme;
    viewport()->update();
}

void TrendTable::keyPressEvent(QKeyEvent* event)
{
    const int row = currentRow();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && row >= 0) {
        const TrendRow& chosen = rows_[static_cast<std::size_t>(row)];
        Q_EMIT peak_chosen(chosen.edge, chosen.peak);
        return;
    }
    QTableWidget::keyPressEvent(event);
}

void TrendTable::mouseReleaseEvent(QMouseEvent* event)
{
    QTableWidget::mouseReleaseEvent(event);
    const QModelIndex at = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !at.isValid() || at.column() != curve)
        return;
    const QRect place = visualRect(at).adjusted(inset, 0, -inset, 0);
    const double share
        = static_cast<double>(event->pos().x() - place.left()) / std::max(1, place.width());
    Q_EMIT place_chosen(
        rows_[static_cast<std::size_t>(at.row())].edge, std::clamp(share, 0.0, 1.0));
}

} // namespace circuitloom::ui
