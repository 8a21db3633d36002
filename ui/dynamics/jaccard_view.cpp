#include "ui/dynamics/jaccard_view.h"

#include "core/base/number_text.h"
#include "ui/base/background.h"
#include "ui/base/flow_layout.h"
#include "ui/dynamics/color_key.h"
#include "ui/dynamics/item_step.h"
#include "ui/dynamics/iteration_axis.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/text_scale.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int most_iterations = 160; // of a longer run, so many spread over it
constexpr int number_width = 44;

QString jaccard_text(double value)
{
    return QString::fromStdString(fixed(value, value > 0 && value < 0.01 ? 4 : 2));
}

} // namespace

JaccardView::JaccardView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
    , key_(new ColorKey(this))
    , chance_(new QLabel(this))
{
    canvas_ = new ViewCanvas({ [this](QPainter& painter) { paint(painter); },
                                 [this](const QPointF& point) {
                                     if (const auto cell = cell_at(point))
                                         go_to_cell(cell->first, cell->second);
                                 },
                                 [this](const QPointF& point) {
                                     const auto cell = cell_at(point);
                                     Q_EMIT pointed_at(
                                         cell ? cell_text(cell->first, cell->second) : QString());
                                 },
                                 [this] { Q_EMIT pointed_at({}); },
                                 [this](const QKeyEvent& event) { return key(event); } },
        // As the keys go: each iteration beside the one that is shown.
        { [this] { return shown_place() ? static_cast<int>(matrix_.iterations.size()) : 0; },
            [this](int row) {
                const auto place = shown_place();
                return place ? cell_text(static_cast<std::size_t>(row), *place) : QString();
            },
            [this](int row) {
                const QRectF where = square();
                const double side = where.width() / static_cast<double>(matrix_.iterations.size());
                return QRectF(where.left() + static_cast<double>(shown_place().value_or(0)) * side,
                    where.top() + row * side, side, side);
            } },
        this);
    canvas_->setObjectName(QStringLiteral("jaccardCanvas"));
    canvas_->setAccessibleName(tr("Jaccard index of the circuits of each two iterations"));
    chance_->setProperty("dim", true);
    chance_->setObjectName(QStringLiteral("jaccardChance"));
    auto* controls = new QWidget(this);
    auto* top = new FlowLayout(controls);
    top->setContentsMargins(0, 0, 0, 0);
    top->addWidget(key_);
    top->addWidget(chance_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(controls);
    column->addWidget(canvas_, 1);
}

void JaccardView::take_run()
{
    if (generation_ != scores().generation()) {
        generation_ = scores().generation();
        show_matrix({});
    }
    if (scores().complete())
        compute();
}

void JaccardView::compute()
{
    if (computing_ || !scores().graph()) {
        compute_again_ = computing_;
        return;
    }
    computing_ = true;
    in_background(
        this,
        [blocks = scores().edges(),
            edges = static_cast<std::int64_t>(scores().graph()->edges().size())] {
            return jaccard_matrix(blocks, most_iterations, edges);
        },
        [this, generation = generation_](const JaccardMatrix& matrix) {
            computing_ = false;
            if (generation == generation_)
                show_matrix(matrix);
            if (std::exchange(compute_again_, false))
                compute();
        },
        [this](const QString& sentence) {
            computing_ = false;
            compute_again_ = false;
            Q_EMIT pointed_at(sentence);
        });
}

QColor JaccardView::color_of(double jaccard) const
{
    return mixed(theme().window, theme().accent, jaccard);
}

void JaccardView::show_matrix(const JaccardMatrix& matrix)
{
    matrix_ = matrix;
    if (compared_ >= matrix_.iterations.size())
        compared_.reset();
    take_window();
}

void JaccardView::take_window()
{
    const auto count = static_cast<int>(matrix_.iterations.size());
    image_ = QImage(std::max(1, count), std::max(1, count), QImage::Format_RGB32);
    for (int row = 0; row < count; ++row)
        for (int column = 0; column < count; ++column)
            image_.setPixelColor(column, row,
                color_of(matrix_.at(static_cast<std::size_t>(row), static_cast<std::size_t>(column))));
    key_->set_content({ QStringLiteral("0"), tr("1, the same edges"),
                          [this](double share) { return color_of(share); }, {}, {} },
        theme());
    const double pairs = static_cast<double>(count) * count;
    const double chance = std::accumulate(matrix_.chance.begin(), matrix_.chance.end(), 0.0);
    chance_->setText(
        count == 0 ? QString() : tr("random circuits: %1").arg(jaccard_text(chance / pairs)));
    canvas_->set_focus_color(theme().accent);
}

QRectF JaccardView::square() const
{
    const int axis = fontMetrics().height() + 6;
    const double side = std::max(
        10, std::min(canvas_->width() - scaled(number_width) - 8, canvas_->height() - axis - 2));
    return { static_cast<double>(scaled(number_width)), 1, side, side };
}

std::optional<std::pair<std::size_t, std::size_t>> JaccardView::cell_at(const QPointF& point) const
{
    const QRectF where = square();
    const auto count = static_cast<double>(matrix_.iterations.size());
    if (count == 0 || !where.contains(point))
        return std::nullopt;
    const auto place = [&](double distance) {
        return static_cast<std::size_t>(
            std::clamp(distance / where.width() * count, 0.0, count - 1));
    };
    return std::pair(place(point.y() - where.top()), place(point.x() - where.left()));
}

std::optional<std::size_t> JaccardView::shown_place() const
{
    const auto& all = matrix_.iterations;
    const auto after = std::ranges::upper_bound(all, shown_iteration());
    if (after == all.begin())
        return std::nullopt;
    return static_cast<std::size_t>(after - all.begin()) - 1;
}

// Up and Down choose what the iteration shown is compared with.
bool JaccardView::key(const QKeyEvent& event)
{
    const auto place = shown_place();
    if (!place)
        return false;
    const auto step = item_step(event, static_cast<int>(compared_.value_or(*place)),
        static_cast<int>(matrix_.iterations.size()));
    if (!step)
        return false;
    const auto row = static_cast<std::size_t>(step->item);
    if (step->opens)
        go_to_cell(row, *place);
    else
        compared_ = row;
    Q_EMIT pointed_at(cell_text(row, *place));
    canvas_->update();
    return true;
}

QString JaccardView::cell_text(std::size_t row, std::size_t column) const
{
    return tr("%1 and %2 · Jaccard %3 (random circuits %4)")
        .arg(moment_text(matrix_.iterations[row]), moment_text(matrix_.iterations[column]),
            jaccard_text(matrix_.at(row, column)), jaccard_text(matrix_.chance_at(row, column)));
}

void JaccardView::go_to_cell(std::size_t row, std::size_t column)
{
    const std::vector<RowScore> from = rows_at(scores().edges(), matrix_.iterations[row]);
    std::vector<EdgeId> shared;
    for (const RowScore& score : rows_at(scores().edges(), matrix_.iterations[column]))
        if (std::ranges::binary_search(from, score.row, {}, &RowScore::row))
            shared.push_back({ score.row });
    go_to(matrix_.iterations[column], std::move(shared));
}

void JaccardView::paint(QPainter& painter) const
{
    if (matrix_.iterations.empty())
        return;
    const QRectF where = square();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(where, image_, QRectF(image_.rect()));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(theme().outline);
    painter.drawRect(where);
    const auto count = static_cast<double>(matrix_.iterations.size());
    if (const auto place = shown_place()) {
        const double at = (static_cast<double>(*place) + 0.5) / count;
        painter.setPen(QPen(theme().selection, 1.4));
        const double x = where.left() + at * where.width();
        const double y = where.top() + at * where.height();
        painter.drawLine(QPointF(x, where.top()), QPointF(x, where.bottom()));
        painter.drawLine(QPointF(where.left(), y), QPointF(where.right(), y));
        if (compared_ && canvas_->hasFocus()) {
            const double row = where.top() + (static_cast<double>(*compared_) + 0.5) / count * where.height();
            painter.drawEllipse(QPointF(x, row), 4, 4);
        }
    }
    const int iterations = matrix_.iterations.back() + 1;
    const int axis = fontMetrics().height() + 6;
    paint_iteration_axis(painter,
        QRect(0, static_cast<int>(where.bottom()) + 1,
            std::min(canvas_->width(), static_cast<int>(where.right()) + 70), axis),
        static_cast<int>(where.left()), static_cast<int>(where.right()), iterations, theme());
    painter.setPen(theme().dimText);
    const int line = fontMetrics().height();
    for (const int tick : round_ticks(iterations, static_cast<int>(where.height()), 2 * line)) {
        const double y = where.top() + (tick + 0.5) * where.height() / iterations;
        painter.drawText(QRectF(0, std::clamp(y - line / 2.0, 0.0, where.bottom() - line),
                             scaled(number_width) - 6, line),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(tick));
    }
}

} // namespace circuitloom::ui
