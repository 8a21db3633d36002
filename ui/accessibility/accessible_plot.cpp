#include "ui/accessibility/accessible_plot.h"

#include "ui/curves/place_text.h"
#include "ui/curves/plot_widget.h"

namespace circuitloom::ui {

namespace {

int lines_of(const PlotWidget& plot)
{
    return static_cast<int>(plot.content().lines.size());
}

} // namespace

AccessiblePlot::AccessiblePlot(PlotWidget& plot)
    : PaintedList(plot)
{
}

PlotWidget& AccessiblePlot::plot() const
{
    return *static_cast<PlotWidget*>(widget());
}

QString AccessiblePlot::text(QAccessible::Text kind) const
{
    if (kind == QAccessible::Value)
        return plot().cursor() < 0 ? QString()
                                   : place_text(plot().content().axis.quantity, plot().cursor());
    return PaintedList::text(kind);
}

int AccessiblePlot::childCount() const
{
    return lines_of(plot());
}

QAccessibleInterface* AccessiblePlot::made_item(int index) const
{
    return new AccessibleLine(plot(), index);
}

AccessibleLine::AccessibleLine(PlotWidget& plot, int line)
    : plot_(&plot)
    , line_(line)
{
}

bool AccessibleLine::isValid() const
{
    return plot() != nullptr;
}

PlotWidget* AccessibleLine::plot() const
{
    PlotWidget* const plot = plot_.data();
    return plot && line_ < lines_of(*plot) ? plot : nullptr;
}

QAccessibleInterface* AccessibleLine::parent() const
{
    PlotWidget* const plot = plot_.data();
    return plot ? QAccessible::queryAccessibleInterface(plot) : nullptr;
}

QString AccessibleLine::text(QAccessible::Text kind) const
{
    const PlotWidget* const plot = this->plot();
    if (!plot)
        return {};
    const PlotLine& line = plot->content().lines[static_cast<std::size_t>(line_)];
    if (kind == QAccessible::Name)
        return line.legend.isEmpty() ? line.name : line.legend;
    if (kind != QAccessible::Value || line.points.empty())
        return {};
    return plot->value_text(
        line, plot->cursor() < 0 ? line.points.back().step : plot->cursor());
}

QRect AccessibleLine::rect() const
{
    const PlotWidget* const plot = this->plot();
    if (!plot)
        return {};
    return { plot->mapToGlobal(QPoint()), plot->size() };
}

QAccessible::State AccessibleLine::state() const
{
    QAccessible::State state;
    const PlotWidget* const plot = this->plot();
    if (!plot) {
        state.invalid = true;
        return state;
    }
    state.readOnly = true;
    state.invisible = !plot->isVisible()
        || plot->hides(plot->content().lines[static_cast<std::size_t>(line_)].name);
    return state;
}

} // namespace circuitloom::ui
