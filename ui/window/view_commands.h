#pragma once

#include <QObject>

class QWidget;

namespace circuitloom::ui {

class CircuitPanel;
class CurvesPanel;
struct WindowActions;

/// What the View menu and its keys do with the circuit and the curves, and how much may move.
class ViewCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    ViewCommands(
        QWidget& window, CircuitPanel& circuit, CurvesPanel& curves, const WindowActions& actions);

private:
    void connect_actions(CurvesPanel& curves);
    void reduce_motion_as_remembered(const QWidget& window);
    /// Enables undo and redo where there is something to step to.
    void show_state();

    CircuitPanel& circuit_;
    const WindowActions& actions_;
};

} // namespace circuitloom::ui
