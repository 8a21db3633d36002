#pragma once

#include <QCoreApplication>
#include <QDockWidget>
#include <QTest>

namespace circuitloom::testing {

/// Takes the line between two parts of the window at `from` and moves it.
inline void drag(QWidget& window, const QPoint& from, const QPoint& by)
{
    QTest::mouseMove(&window, from);
    QTest::mousePress(&window, Qt::LeftButton, {}, from);
    QTest::mouseMove(&window, from + by / 2);
    QTest::mouseMove(&window, from + by);
    QCoreApplication::processEvents(); // the window moves it a moment later
    QTest::mouseRelease(&window, Qt::LeftButton, {}, from + by);
}

/// Whether what one sees in the middle of its place is the dock itself.
inline bool in_front(const QDockWidget& dock)
{
    if (!dock.isVisible())
        return false;
    const QWidget* window = dock.window();
    const QWidget* seen = window->childAt(dock.mapTo(window, dock.rect().center()));
    return seen && (seen == &dock || dock.isAncestorOf(seen));
}

} // namespace circuitloom::testing
