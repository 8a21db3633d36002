#pragma once

#include <QObject>

class QWidget;

namespace circuitloom::ui {

class CircuitPanel;
class CurvesPanel;
class PreferenceStore;
struct WindowActions;

/// What the View menu and its keys do with the circuit and the curves, and how much may move.
class ViewCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    ViewCommands(QWidget& window, CircuitPanel& circuit, CurvesPanel& curves,
        PreferenceStore& preferences, const WindowActions& actions);

private:
    void connect_actions(CurvesPanel& curves);
    void reduce_motion_as_preferred();
    /// Enables undo and redo where there is something to step to.
    void show_state();

    QWidget& window_;
    CircuitPanel& circuit_;
    PreferenceStore& preferences_;
    const WindowActions& actions_;
};

} // namespace circuitloom::ui
