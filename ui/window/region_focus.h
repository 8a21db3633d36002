#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QWidget>

#include <vector>

class QAction;
class QMainWindow;

namespace circuitloom::ui {

/// Takes the focus from one part of the window to the next: its docks and the parts of its middle,
/// from left to right and downwards, those that can be seen. Each part gets the focus where it last
/// had it, at first on its first control.
class RegionFocus : public QObject
{
    Q_OBJECT

public:
    /// `middle`: the parts beside the docks. Becomes a child of `window`.
    RegionFocus(
        QMainWindow& window, std::vector<QWidget*> middle, QAction& next, QAction& previous);

    /// 1 for the next one, -1 for the one before.
    void go(int direction);
    /// Gives the focus to a region, where it has something that takes it.
    void enter(QWidget* region);

    /// Esc in a dock goes back to the middle.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::vector<QWidget*> regions() const;
    void remember(QWidget* focused);
    void focus(QWidget& region, Qt::FocusReason reason);

    QMainWindow& window_;
    std::vector<QWidget*> middle_;
    QHash<const QWidget*, QPointer<QWidget>> last_; ///< in each region
};

} // namespace circuitloom::ui
