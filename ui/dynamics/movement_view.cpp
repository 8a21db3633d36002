#include "ui/dynamics/movement_view.h"

#include "core/analysis/least_iterations.h"
#include "core/base/measure.h"
#include "core/base/number_text.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/dynamics/item_step.h"
#include "ui/dynamics/view_canvas.h"
#include "ui/theme/scaled_font.h"

#include <QKeyEvent>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr int widest_name = 240;
constexpr int least_track = 120; ///< pixels beside names and values, with what is between

QString values_text(const Measure& measure, const Movement& moved)
{
    return MovementView::tr("%1 → %2").arg(
        shown_value(measure, moved.first), shown_value(measure, moved.farthest));
}

QString still_text(std::size_t iterations)
{
    return iterations < iterations_that_tell ? MovementView::tr("too few iterations to tell")
                                             : MovementView::tr("unchanged");
}

QString lag_text(const CapabilityMovement& one)
{
    if (one.noise && std::abs(one.movement->farthest - one.movement->first) < *one.noise)
        return MovementView::tr("noise?");
    return one.lag ? signed_number(*one.lag, 1) : QString();
}

// Names come from files.
QString printable(QString name)
{
    for (QChar& letter : name)
        if (!letter.isPrint() && !letter.isSurrogate())
            letter = u' ';
    return name;
}

double halfway(const MovementView::Line& line)
{
    return line.movement ? line.movement->halfway_step : std::numeric_limits<double>::infinity();
}

} // namespace

MovementView::MovementView(PanelContext& context, RunScores& scores, QWidget* parent)
    : DynamicsView(context, scores, parent)
{
    canvas_ = new ViewCanvas(
        { [this](QPainter& painter) { paint(painter); },
            [this](const QPointF& point) {
                const auto line = line_at(point.y());
                if (!line)
                    return;
                const QRectF where = track(*line);
                if (where.left() <= point.x() && point.x() <= where.right())
                    go_to_step((point.x() - where.left()) / where.width() * last_step());
                else if (lines_[*line].movement)
                    go_to_step(lines_[*line].movement->halfway_step);
            },
            [this](const QPointF& point) {
                const auto line = line_at(point.y());
                Q_EMIT pointed_at(line ? line_text(lines_[*line]) : QString());
            },
            [this] { Q_EMIT pointed_at({}); },
            [this](const QKeyEvent& event) { return key(event); } },
        { [this] { return static_cast<int>(lines_.size()); },
            [this](int line) { return line_text(lines_.at(static_cast<std::size_t>(line))); },
            [this](int line) {
                return QRectF(0, line * row_height(), canvas_->width(), row_height());
            } },
        nullptr);
    canvas_->setObjectName(QStringLiteral("movementCanvas"));
    canvas_->setAccessibleName(tr("When the circuit and each suite moved"));
    auto* area = new QScrollArea(this);
    area->setWidget(canvas_);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    DynamicsReader& reader = this->context().dynamics();
    connect(&reader, &DynamicsReader::changed, this, &MovementView::show_dynamics);
    connect(&reader, &DynamicsReader::progressed, canvas_, qOverload<>(&QWidget::update));
}

void MovementView::take_run()
{
    want_dynamics();
    show_dynamics();
}

void MovementView::take_window()
{
    canvas_->set_focus_color(theme().accent);
}

MovementView::Line MovementView::line_of(
    const CapabilityMovement& one, std::size_t iterations) const
{
    const Measure measure = measure_named(one.measure);
    Line line;
    line.name = printable(title_of_suite(one.suite) + QStringLiteral(" · ")
        + title_within(measure_of(one.suite, one.measure)));
    line.movement = one.movement;
    line.values = one.movement ? values_text(measure, *one.movement) : still_text(iterations);
    if (one.movement)
        line.lag = lag_text(one);
    if (const RunHistory* run = context().run())
        for (const SuiteCurve& curve : run->curves->suites())
            if (curve.suite == one.suite && curve.measure == one.measure)
                line.points = curve.points;
    return line;
}

QString MovementView::line_text(const Line& line)
{
    if (!line.movement)
        return line.name;
    const Movement& moved = *line.movement;
    return line.name
        + tr(" · %1 · half way at step %2, most between %3 and %4")
              .arg(line.values)
              .arg(moved.halfway_step, 0, 'f', 1)
              .arg(moved.largest_from)
              .arg(moved.largest_to)
        + (line.lag.isEmpty() ? QString() : tr(" · lag %1").arg(line.lag));
}

void MovementView::show_dynamics()
{
    lines_.clear();
    circuit_halfway_.reset();
    if (const auto report = dynamics().dynamics) {
        for (const CapabilityMovement& one : report->capabilities)
            if (!measure_named(one.measure).detail)
                lines_.push_back(line_of(one, report->iterations.size()));
        Line circuit;
        circuit.name = tr("The circuit");
        circuit.circuit = true;
        for (const auto& point : report->positions)
            circuit.points.push_back({ point.step, point.value });
        circuit.movement = report->circuit;
        circuit.values = report->circuit
            ? tr("position %1 → %2")
                  .arg(shown_number(fixed(report->circuit->first, 2)),
                      shown_number(fixed(report->circuit->farthest, 2)))
            : still_text(report->iterations.size());
        if (report->circuit)
            circuit_halfway_ = report->circuit->halfway_step;
        lines_.push_back(std::move(circuit));
    }
    std::ranges::stable_sort(lines_, {}, halfway);
    name_width_ = values_width_ = 0;
    for (const Line& line : lines_) {
        name_width_ = std::max(name_width_, name_width(line));
        values_width_ = std::max(values_width_, values_width(line));
    }
    name_width_ = std::min(name_width_, widest_name);
    if (current_ >= std::ssize(lines_))
        current_ = -1;
    arrange();
}

QString MovementView::written_values(const Line& line)
{
    return line.lag.isEmpty() ? line.values : line.values + QStringLiteral("   ") + line.lag;
}

int MovementView::name_width(const Line& line) const
{
    return QFontMetrics(scaled_font(font(), 1, line.circuit)).horizontalAdvance(line.name);
}

int MovementView::values_width(const Line& line) const
{
    return fontMetrics().horizontalAdvance(written_values(line));
}

void MovementView::arrange()
{
    // A bar for scrolling takes its room where there are many lines.
    const int room = width() - style()->pixelMetric(QStyle::PM_ScrollBarExtent) - 20;
    if (width() >= name_width_ + values_width_ + least_track)
        text_lines_ = 0;
    else
        text_lines_
            = std::ranges::all_of(lines_,
                  [&](const Line& line) { return name_width(line) + values_width(line) <= room; })
            ? 1
            : 2;
    canvas_->setMinimumHeight(
        row_height() * static_cast<int>(lines_.size()) + fontMetrics().height() + 8);
    canvas_->update();
}

void MovementView::resizeEvent(QResizeEvent* event)
{
    DynamicsView::resizeEvent(event);
    arrange();
}

int MovementView::last_step() const
{
    int last = scores().records().empty() ? 0 : scores().records().back().step;
    for (const Line& line : lines_)
        if (!line.points.empty())
            last = std::max(last, static_cast<int>(line.points.back().step));
    return std::max(1, last);
}

std::optional<std::size_t> MovementView::line_at(double y) const
{
    const auto line = static_cast<std::ptrdiff_t>(std::floor(y / row_height()));
    if (line < 0 || line >= std::ssize(lines_))
        return std::nullopt;
    return static_cast<std::size_t>(line);
}

void MovementView::go_to_step(double step)
{
    int iteration = 0;
    for (const IterationRecord& record : scores().records())
        if (record.step <= step)
            iteration = record.index.value;
    go_to(iteration, {});
}

bool MovementView::key(const QKeyEvent& event)
{
    const auto step = item_step(event, current_, static_cast<int>(lines_.size()));
    if (!step)
        return false;
    current_ = step->item;
    const Line& line = lines_[static_cast<std::size_t>(current_)];
    Q_EMIT pointed_at(line_text(line));
    if (step->opens && line.movement)
        go_to_step(line.movement->halfway_step);
    canvas_->update();
    return true;
}

} // namespace circuitloom::ui
