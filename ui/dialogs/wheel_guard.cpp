#include "ui/dialogs/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace circuitloom::ui {

namespace {

class WheelGuard : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject* object, QEvent* event) override
    {
        auto* editor = qobject_cast<QWidget*>(object);
        if (event->type() != QEvent::Wheel || !editor || editor->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

void install_wheel_guard(QWidget& editor)
{
    editor.setFocusPolicy(Qt::StrongFocus); // not by the wheel
    editor.installEventFilter(new WheelGuard(&editor));
}

} // namespace circuitloom::ui
