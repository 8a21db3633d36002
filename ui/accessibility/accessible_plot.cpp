#include "ui/accessibility/accessible_plot.h"

#include "ui/curves/place_text.h"
#include "ui/curves/plot_widget.h"

#include <algorithm>

namespace circuitloom::ui {

namespace {

int lines_of(const PlotWidget& plot)
{
    return static_cast<int>(plot.content().lines.size());
}

} // namespace

AccessiblePlot::AccessiblePlot(PlotWidget& plot)
    : QAccessibleWidget(&plot, QAccessible::List)
{
}

AccessiblePlot::~AccessiblePlot()
{
    for (const auto& [index, id] : items_)
        QAccessible::deleteAccessibleInterface(id);
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
    return QAccessibleWidget::text(kind);
}

int AccessiblePlot::childCount() const
{
    return lines_of(plot());
}

QAccessibleInterface* AccessiblePlot::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    const auto known = items_.find(index);
    if (known != items_.end())
        return QAccessible::accessibleInterface(known->second);
    auto* item = new AccessibleLine(plot(), index);
    items_[index] = QAccessible::registerAccessibleInterface(item);
    return item;
}

int AccessiblePlot::indexOfChild(const QAccessibleInterface* child) const
{
    const auto found = std::ranges::find_if(items_, [child](const auto& item) {
        return QAccessible::accessibleInterface(item.second) == child;
    });
    return found == items_.end() ? -1 : found->first;
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
