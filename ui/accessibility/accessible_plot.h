#pragma once

#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace circuitloom::ui {

class PlotWidget;

/// A plot as a list of its lines, in the order of its content. Its text value is the place of the
/// cursor in words.
class AccessiblePlot : public QAccessibleWidget
{
public:
    explicit AccessiblePlot(PlotWidget& plot);
    ~AccessiblePlot() override;

    QString text(QAccessible::Text kind) const override;
    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;

private:
    PlotWidget& plot() const;

    mutable std::map<int, QAccessible::Id> items_; ///< those that were asked for
};

/// A line of a plot: its name, and as its text value what it is at the cursor, or at its end where
/// there is no cursor. No longer valid once the plot has no such line.
class AccessibleLine : public QAccessibleInterface
{
public:
    AccessibleLine(PlotWidget& plot, int line);

    bool isValid() const override;
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override;
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    /// A line's texts follow from what the plot shows.
    void setText(QAccessible::Text, const QString&) override { }
    /// The plot's: lines cross each other.
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;

private:
    /// Null where there is no such line any more.
    PlotWidget* plot() const;

    QPointer<PlotWidget> plot_;
    int line_;
};

} // namespace circuitloom::ui
