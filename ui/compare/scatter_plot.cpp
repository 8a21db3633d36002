#include "ui/compare/scatter_plot.h"

#include "core/base/written_factor.h"
#include "ui/base/measure_text.h"
#include "ui/curves/share_scale.h"
#include "ui/theme/color_mix.h"
#include "ui/theme/scaled_font.h"

#include <QPainter>

#include <algorithm>
#include <limits>

namespace circuitloom::ui {

namespace {

constexpr double left_margin = 70;
constexpr double right_margin = 22;
constexpr double top_margin = 14;
constexpr double bottom_margin = 48;
// Of one line of text, at the usual size of texts:
constexpr double tick_line = 18;
constexpr double title_line = 20;
constexpr double run_radius = 4;
constexpr double mean_radius = 7;
constexpr double label_gap = 12;

template <class Value>
AxisScale scale_of(const RunScatter& scatter, const RunColumn& column, Value value)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    bool shares = column.notation == Notation::percent;
    for (const ScatterGroup& group : scatter.groups)
        for (const ScatterRun& run : group.runs) {
            low = std::min(low, value(run) * written_factor(column.notation));
            high = std::max(high, value(run) * written_factor(column.notation));
            shares = shares && value(run) >= 0 && value(run) <= 1;
        }
    if (!(low <= high))
        return { 0, 1, { 0, 1 }, 0 };
    return shares ? round_scale_within(low, high, 0, written_factor(column.notation))
                  : round_scale(low, high);
}

} // namespace

ScatterPlot::ScatterPlot(QWidget* parent)
    : WalkedPlot(parent)
    , theme_(theme(true))
{
    setLayoutDirection(Qt::LeftToRight); // numbers run to the right in every language
    setObjectName(QStringLiteral("runScatter"));
    setAccessibleName(tr("Runs by two measures"));
}

void ScatterPlot::set_theme(const Theme& theme)
{
    theme_ = theme;
    update();
}

void ScatterPlot::set_scatter(RunScatter scatter)
{
    scatter_ = std::move(scatter);
    x_scale_ = scale_of(scatter_, scatter_.x, [](const ScatterRun& run) { return run.x; });
    y_scale_ = scale_of(scatter_, scatter_.y, [](const ScatterRun& run) { return run.y; });
    x_text_ = AxisText(scatter_.x.notation, x_scale_);
    y_text_ = AxisText(scatter_.y.notation, y_scale_);
    marks_changed();
}

QRectF ScatterPlot::area() const
{
    return QRectF(rect()).adjusted(
        theme_.scaled(left_margin), top_margin, -right_margin, -theme_.scaled(bottom_margin));
}

QPointF ScatterPlot::place(double x, double y) const
{
    const auto share = [](double value, const AxisScale& scale, const RunColumn& column) {
        return (value * written_factor(column.notation) - scale.low) / (scale.high - scale.low);
    };
    const QRectF inside = area();
    return { inside.left() + inside.width() * share(x, x_scale_, scatter_.x),
        inside.bottom() - inside.height() * share(y, y_scale_, scatter_.y) };
}

std::optional<QPointF> ScatterPlot::place_of(RunId run) const
{
    for (const ScatterRun* one : in_order())
        if (one->run == run)
            return place(one->x, one->y);
    return std::nullopt;
}

std::vector<const ScatterRun*> ScatterPlot::in_order() const
{
    std::vector<const ScatterRun*> runs;
    for (const ScatterGroup& group : scatter_.groups)
        for (const ScatterRun& run : group.runs)
            runs.push_back(&run);
    std::ranges::stable_sort(runs, {}, [](const ScatterRun* run) { return run->x; });
    return runs;
}

std::vector<WalkedPlot::Mark> ScatterPlot::marks() const
{
    std::vector<Mark> all;
    for (const ScatterRun* run : in_order())
        all.push_back({ place(run->x, run->y), words_of(*run), run->run.value });
    return all;
}

QString ScatterPlot::words_of(const ScatterRun& run) const
{
    return tr("%1: %2 %3, %4 %5")
        .arg(run.name, scatter_.x.full_title,
            shown_value(scatter_.x.notation, run.x, scatter_.x.decimals), scatter_.y.full_title,
            shown_value(scatter_.y.notation, run.y, scatter_.y.decimals));
}

void ScatterPlot::paint_axes(QPainter& painter) const
{
    const QRectF inside = area();
    painter.setFont(scaled_font(theme_.font(), 0.88));
    const double x_unit = written_factor(scatter_.x.notation);
    const double y_unit = written_factor(scatter_.y.notation);
    const double line = theme_.scaled(tick_line);
    for (const double tick : x_scale_.ticks) {
        const double x = place(tick / x_unit, 0).x();
        painter.setPen(QPen(theme_.border, 1));
        painter.drawLine(QPointF(x, inside.top()), QPointF(x, inside.bottom()));
        painter.setPen(theme_.dimText);
        const QString text = x_text_.tick(tick / x_unit);
        const double text_width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2;
        // The outermost ones may reach no farther than the widget.
        const double left
            = std::clamp(x - text_width / 2, 0.0, std::max(0.0, width() - text_width));
        painter.drawText(QRectF(left, inside.bottom() + 4, text_width, line),
            Qt::AlignHCenter | Qt::AlignTop, text);
    }
    for (const double tick : y_scale_.ticks) {
        const double y = place(0, tick / y_unit).y();
        painter.setPen(QPen(theme_.border, 1));
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y));
        painter.setPen(theme_.dimText);
        painter.drawText(QRectF(theme_.scaled(title_line), y - line / 2,
                             theme_.scaled(left_margin - title_line) - 7, line),
            Qt::AlignRight | Qt::AlignVCenter, y_text_.tick(tick / y_unit));
    }
    painter.setPen(theme_.text);
    const auto towards = [](const RunColumn& column) {
        return column.better == Better::neither ? column.full_title
            : column.better == Better::lower    ? tr("%1 (lower is better)").arg(column.full_title)
                                                : column.full_title;
    };
    // What is too long is written smaller, as far as that can be read, before it is cut.
    const auto draw_title
        = [&painter, font = painter.font()](const QRectF& where, const QString& title) {
              constexpr double least = 0.7; // of the usual size
              const double wanted = QFontMetricsF(font).horizontalAdvance(title);
              painter.setFont(scaled_font(
                  font, std::clamp(0.98 * where.width() / std::max(1.0, wanted), least, 1.0)));
              painter.drawText(where, Qt::AlignCenter,
                  QFontMetricsF(painter.font()).elidedText(title, Qt::ElideRight, where.width()));
              painter.setFont(font);
          };
    const double title = theme_.scaled(title_line);
    draw_title(
        QRectF(inside.left(), height() - title - 4, inside.width(), title), towards(scatter_.x));
    painter.save();
    painter.translate(title / 2 + 2, inside.center().y());
    painter.rotate(-90);
    // The title may stand beside the ticks' rows too.
    const double length = std::min<double>(height(), inside.height() + 2 * inside.top());
    draw_title(QRectF(-length / 2, -title / 2, length, title), towards(scatter_.y));
    painter.restore();
}

// Between two groups of the front nothing is known to be better than the worse of each goal.
void ScatterPlot::paint_front(QPainter& painter) const
{
    if (scatter_.front.size() < 2)
        return;
    QPolygonF line;
    for (const std::size_t i : scatter_.front) {
        const ScatterGroup& group = scatter_.groups[i];
        const QPointF at = place(group.x, group.y);
        if (!line.isEmpty())
            line << (scatter_.x.better == Better::lower ? QPointF(at.x(), line.last().y())
                                                        : QPointF(line.last().x(), at.y()));
        line << at;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme_.dimText, 1.4, Qt::DashLine));
    painter.drawPolyline(line);
}

void ScatterPlot::paint_groups(QPainter& painter) const
{
    const std::optional<Mark> walked = walked_to();
    for (const ScatterGroup& group : scatter_.groups) {
        const bool several = group.runs.size() > 1;
        for (const ScatterRun& run : group.runs) {
            const QPointF at = place(run.x, run.y);
            const double radius = several ? run_radius : mean_radius;
            painter.setPen(Qt::NoPen);
            painter.setBrush(several ? mixed(theme_.panel, group.color, 0.55) : group.color);
            painter.drawEllipse(at, radius, radius);
            const bool is_walked = walked && walked->id == run.run.value;
            if (!run.shown && !is_walked)
                continue;
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(is_walked && hasFocus() ? theme_.accent : theme_.text, 2));
            painter.drawEllipse(at, radius + 3, radius + 3);
        }
        if (!several)
            continue;
        painter.setPen(QPen(theme_.panel, 1.5));
        painter.setBrush(group.color);
        painter.drawEllipse(place(group.x, group.y), mean_radius, mean_radius);
    }
}

void ScatterPlot::paint_names(QPainter& painter) const
{
    painter.setFont(scaled_font(theme_.font(), 0.92));
    const QFontMetricsF metrics(painter.font());
    std::vector<QRectF> taken;
    for (const ScatterGroup& group : scatter_.groups) {
        const QPointF at = place(group.x, group.y);
        const QString name = metrics.elidedText(group.name, Qt::ElideRight, 240);
        const QSizeF size(metrics.horizontalAdvance(name) + 4, metrics.height());
        const bool at_right = at.x() + label_gap + size.width() <= rect().right();
        QRectF box(QPointF(at_right ? at.x() + label_gap : at.x() - label_gap - size.width(),
                       at.y() - size.height() / 2),
            size);
        const auto lies_on_another = [&] {
            return std::ranges::any_of(
                taken, [&](const QRectF& other) { return other.intersects(box); });
        };
        for (int tries = 0; tries < 6 && lies_on_another(); ++tries)
            box.translate(0, (tries % 2 == 0 ? 1 : -1) * (tries + 1) * size.height());
        if (lies_on_another())
            continue; // the pointer and the arrow keys tell it
        taken.push_back(box);
        painter.setPen(theme_.text);
        painter.drawText(box, Qt::AlignVCenter | (at_right ? Qt::AlignLeft : Qt::AlignRight), name);
    }
}

void ScatterPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme_.panel);
    if (scatter_.groups.empty()) {
        painter.setPen(theme_.dimText);
        painter.drawText(rect().adjusted(20, 0, -20, 0), Qt::AlignCenter | Qt::TextWordWrap,
            tr("No run has both measures."));
        return;
    }
    paint_axes(painter);
    paint_front(painter);
    paint_groups(painter);
    paint_names(painter);
    paint_focus(painter, theme_.accent);
}

} // namespace circuitloom::ui
