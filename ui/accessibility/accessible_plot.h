#pragma once

#include "ui/accessibility/painted_list.h"

#include <QPointer>

namespace circuitloom::ui {

class PlotWidget;

/// A plot as a list of its lines, in the order of its content. Its text value is the place of the
/// cursor in words.
class AccessiblePlot : public PaintedList
{
public:
    explicit AccessiblePlot(PlotWidget& plot);

    QString text(QAccessible::Text kind) const override;
    int childCount() const override;

protected:
    QAccessibleInterface* made_item(int index) const override;

private:
    PlotWidget& plot() const;
};

/// A line of a plot: its name, and as its text value what it is at the cursor, or at its end where
/// there is no cursor. No longer valid once the plot has no such line.
class AccessibleLine : public PaintedItem
{
public:
    AccessibleLine(PlotWidget& plot, int line);

    bool isValid() const override;
    QAccessibleInterface* parent() const override;
    QString text(QAccessible::Text kind) const override;
    /// The plot's: lines cross each other.
    QRect rect() const override;
    QAccessible::State state() const override;

private:
    /// Null where there is no such line any more.
    PlotWidget* plot() const;

    QPointer<PlotWidget> plot_;
    int line_;
};

} // namespace circuitloom::ui
