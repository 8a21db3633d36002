#pragma once

#include <QObject>

class QKeyEvent;
class QWidget;

namespace circuitloom::ui {

/// Whether a control that has the focus does something itself with a key: a list of choices with
/// Space and End, a button of several of which one is chosen with the arrows, a slider with Home.
/// Fields that are typed in say so themselves.
bool control_uses(const QWidget& control, const QKeyEvent& key);

/// Lets the control that has the focus have its keys, though a window has shortcuts of them: an
/// event filter of the application, for every window at once. Return opens a list of choices.
class ControlKeys : public QObject
{
    Q_OBJECT

public:
    /// Begins at once; ends with `parent`.
    explicit ControlKeys(QObject* parent);

    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace circuitloom::ui
