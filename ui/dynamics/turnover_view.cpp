#include "ui/dynamics/turnover_view.h"

#include "core/analysis/large_changes.h"
#include "core/base/measure.h"
#include "ui/base/measure_text.h"
#include "ui/dynamics/iteration_axis.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/text_scale.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int most_large_changes = 5; // as on the timeline
constexpr int number_width = 52;
constexpr int gap = 10;

/// Where a share lies in the plot of the turnover.
double share_height(const TurnoverView::Parts& where, double share)
{
    return where.turnover.bottom() - (where.turnover.height() - 2) * share;
}

QString percent_text(double share)
{
    return shown_value(measures::turnover, share);
}

} // namespace

TurnoverView::TurnoverView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
{
    const auto change_at_x
        = [this](const QPointF& point) { return change_at(column_at(point.x())); };
    canvas_
        = new ViewCanvas({ [this](QPainter& painter) { paint(painter); },
                             [this, change_at_x](const QPointF& point) {
                                 if (const auto change = change_at_x(point))
                                     select_change(*change, parts().left.contains(point.toPoint()));
                             },
                             [this, change_at_x](const QPointF& point) {
                                 const auto change = change_at_x(point);
                                 Q_EMIT pointed_at(change ? change_text(*change) : QString());
                             },
                             [this] { Q_EMIT pointed_at({}); },
                             [this](const QKeyEvent& event) {
                                 if (event.key() != Qt::Key_Return && event.key() != Qt::Key_Enter)
                                     return false;
                                 const int shown = shown_iteration();
                                 if (shown >= 1 && shown <= std::ssize(changes_))
                                     select_change(changes_[static_cast<std::size_t>(shown) - 1],
                                         event.modifiers() & Qt::ShiftModifier);
                                 return true;
                             } },
            { [this] { return std::max(0, parts().columns - first_column()); },
                [this](int part) { return change_text(change_at(first_column() + part).value()); },
                [this](int part) {
                    const double middle = column_middle(first_column() + part);
                    const double wide = column_middle(1) - column_middle(0);
                    return QRectF(middle - wide / 2, 0, wide, parts().turnover.bottom());
                } },
            this);
    canvas_->setObjectName(QStringLiteral("turnoverCanvas"));
    canvas_->setAccessibleName(tr("Edges that entered and left at each iteration"));
    canvas_->setToolTip(tr(
        "The line is the turnover. The faint dashes are that of random circuits, the others what\n"
        "the batch alone does, where the circuits were resampled. That is approximate:\n"
        "(1 − J) / (1 + J), with J the mean stability of the iteration and the one before,\n"
        "as if both circuits had as many edges."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(canvas_);
}

void TurnoverView::take_run()
{
    iterations_ = static_cast<int>(std::ssize(scores().records()));
    changes_ = edge_changes(scores().records());
    std::vector<double> turnover{ 0 };
    most_ = 1;
    for (const EdgeChange& change : changes_) {
        most_ = std::max({ most_, change.entered, change.left });
        turnover.push_back(change.turnover);
    }
    large_.clear();
    for (const LargeChange& change : large_changes(turnover, most_large_changes))
        large_.push_back(change.iteration);
    canvas_->update();
}

void TurnoverView::take_window()
{
    canvas_->set_focus_color(theme().accent);
}

TurnoverView::Parts TurnoverView::parts() const
{
    const int axis = fontMetrics().height() + 6;
    const int height = std::max(30, canvas_->height() - axis);
    const int width = std::max(1, canvas_->width() - scaled(number_width) - 6);
    const int bars = (height - gap) * 3 / 5;
    Parts parts;
    parts.entered = QRect(scaled(number_width), 0, width, bars / 2);
    parts.left = QRect(scaled(number_width), bars / 2, width, bars - bars / 2);
    parts.turnover = QRect(scaled(number_width), bars + gap, width, height - bars - gap);
    parts.axis = QRect(0, height, canvas_->width(), axis);
    parts.columns = static_cast<int>(
        std::min<std::ptrdiff_t>(width, static_cast<std::ptrdiff_t>(iterations_)));
    return parts;
}

int TurnoverView::column_at(double x) const
{
    const Parts where = parts();
    return where.columns == 0
        ? -1
        : std::clamp(
            static_cast<int>((x - where.entered.left()) * where.columns / where.entered.width()), 0,
            where.columns - 1);
}

double TurnoverView::column_middle(int column) const
{
    const Parts where = parts();
    return where.entered.left() + (column + 0.5) * where.entered.width() / where.columns;
}

int TurnoverView::first_column() const
{
    return change_at(0) ? 0 : 1; // nothing came before the first iteration
}

std::optional<EdgeChange> TurnoverView::change_at(int column) const
{
    const auto count = static_cast<std::ptrdiff_t>(iterations_);
    const std::ptrdiff_t columns = parts().columns;
    if (column < 0 || column >= columns)
        return std::nullopt;
    const auto first_of
        = [&](std::ptrdiff_t place) { return (place * count + columns - 1) / columns; };
    std::optional<EdgeChange> greatest;
    for (auto i = std::max<std::ptrdiff_t>(1, first_of(column));
         i < std::min(first_of(column + 1), std::ssize(changes_) + 1); ++i) {
        const EdgeChange& change = changes_[static_cast<std::size_t>(i) - 1];
        if (!greatest || change.entered + change.left > greatest->entered + greatest->left)
            greatest = change;
    }
    return greatest;
}

std::optional<double> TurnoverView::random_turnover(const EdgeChange& change) const
{
    if (!scores().graph())
        return std::nullopt;
    const auto all = static_cast<double>(scores().graph()->edges().size());
    return 1 - change.edges_before / all;
}

std::optional<double> TurnoverView::turnover_by_batches(const EdgeChange& change) const
{
    const RunHistory* run = context().run();
    return run && run->graph == scores().graph()
        ? batch_turnover(run->certainties, change.iteration)
        : std::nullopt;
}

QString TurnoverView::change_text(const EdgeChange& change) const
{
    const auto text_of = [](const std::optional<double>& share) {
        return share ? percent_text(*share) : QStringLiteral("–");
    };
    const QString random = text_of(random_turnover(change));
    const auto by_batches = turnover_by_batches(change);
    return tr("%1 · %2 entered, %3 left · turnover %4 (%5)")
        .arg(moment_text(change.iteration))
        .arg(change.entered)
        .arg(change.left)
        .arg(percent_text(change.turnover),
            by_batches ? tr("the batch alone about %1, random circuits %2")
                             .arg(text_of(by_batches), random)
                       : tr("random circuits %1").arg(random));
}

void TurnoverView::select_change(const EdgeChange& change, bool those_that_left)
{
    std::vector<RowScore> from = rows_at(scores().edges(), change.iteration - 1);
    std::vector<RowScore> to = rows_at(scores().edges(), change.iteration);
    if (those_that_left)
        std::swap(from, to);
    std::vector<EdgeId> edges;
    for (const RowScore& row : to)
        if (!std::ranges::binary_search(from, row.row, {}, &RowScore::row))
            edges.push_back({ row.row });
    go_to(change.iteration, std::move(edges));
}

void TurnoverView::paint(QPainter& painter) const
{
    const Parts where = parts();
    if (where.columns == 0)
        return;
    paint_bars(painter, where);
    paint_turnover(painter, where);
    const auto count = iterations_;
    paint_iteration_axis(
        painter, where.axis, where.entered.left(), where.entered.right() + 1, count, theme());
    const int shown = shown_iteration();
    if (shown >= 0 && shown < count) {
        const double x = where.entered.left() + (shown + 0.5) * where.entered.width() / count;
        painter.setPen(QPen(theme().accent, 1.4));
        painter.drawLine(QPointF(x, 0), QPointF(x, where.turnover.bottom()));
    }
}

void TurnoverView::paint_bars(QPainter& painter, const Parts& where) const
{
    const double wide = static_cast<double>(where.entered.width()) / where.columns;
    const double bar = std::max(1.0, wide - (wide > 4 ? 1 : 0));
    const double zero = where.left.top();
    painter.setPen(Qt::NoPen);
    for (int column = 0; column < where.columns; ++column) {
        const auto change = change_at(column);
        if (!change)
            continue;
        const double x = column_middle(column) - bar / 2;
        const double up = (where.entered.height() - 8.0) * change->entered / most_;
        const double down = (where.left.height() - 1.0) * change->left / most_;
        painter.fillRect(QRectF(x, zero - up, bar, up), theme().entered);
        painter.fillRect(QRectF(x, zero, bar, down), theme().left);
    }
    painter.setPen(theme().outline);
    painter.drawLine(QPointF(where.left.left(), zero), QPointF(where.left.right(), zero));
    const auto count = static_cast<double>(iterations_);
    painter.setBrush(theme().text);
    painter.setPen(Qt::NoPen);
    for (const int iteration : large_) {
        const double x = where.entered.left() + (iteration + 0.5) * where.entered.width() / count;
        QPolygonF triangle;
        triangle << QPointF(x - 4, 0) << QPointF(x + 4, 0) << QPointF(x, 6);
        painter.drawPolygon(triangle);
    }
    painter.setPen(theme().dimText);
    const QRect numbers(0, 0, scaled(number_width) - 6, where.left.bottom() + 1);
    const QString most = QString::number(most_);
    painter.drawText(
        numbers.adjusted(0, 2, 0, 0), Qt::AlignRight | Qt::AlignTop, QStringLiteral("+") + most);
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("−") + most);
}

// Only between columns that both have a value.
void TurnoverView::paint_dashes(QPainter& painter, const Parts& where, const QColor& color,
    const std::function<std::optional<double>(const EdgeChange&)>& of) const
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1, Qt::DashLine));
    QPolygonF line;
    for (int column = 0; column <= where.columns; ++column) {
        const auto change = column < where.columns ? change_at(column) : std::nullopt;
        const auto share = change ? of(*change) : std::nullopt;
        if (share)
            line << QPointF(column_middle(column), share_height(where, *share));
        if (share && column + 1 < where.columns)
            continue;
        if (line.size() == 1)
            line << line.front() + QPointF(3, 0);
        painter.drawPolyline(line);
        line.clear();
    }
}

void TurnoverView::paint_turnover(QPainter& painter, const Parts& where) const
{
    const auto y_of = [&](double share) { return share_height(where, share); };
    painter.fillRect(where.turnover, theme().band);
    QPolygonF line;
    for (int column = 0; column < where.columns; ++column)
        if (const auto change = change_at(column))
            line << QPointF(column_middle(column), y_of(change->turnover));
    painter.setBrush(Qt::NoBrush);
    paint_dashes(painter, where, theme().dimText,
        [this](const EdgeChange& change) { return random_turnover(change); });
    paint_dashes(painter, where, theme().text,
        [this](const EdgeChange& change) { return turnover_by_batches(change); });
    painter.setPen(QPen(theme().accent, 1.4));
    painter.drawPolyline(line);
    if (line.size() == 1)
        painter.drawEllipse(line.front(), 2, 2);
    painter.setPen(theme().dimText);
    const QRect numbers(0, where.turnover.top(), scaled(number_width) - 6, where.turnover.height());
    painter.drawText(numbers, Qt::AlignRight | Qt::AlignTop, tr("100 %"));
    if (numbers.height() > 2 * painter.fontMetrics().height())
        painter.drawText(numbers, Qt::AlignRight | Qt::AlignBottom, tr("0 %"));
}

} // namespace circuitloom::ui
