#include "ui/base/screen_fit.h"

#include <QCoreApplication>
#include <QDialog>
#include <QEvent>
#include <QScreen>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr QSize frame{ 12, 44 }; ///< title bar and borders, as wide as window managers draw them

} // namespace

QSize fitted(const QSize& wanted, const QRect& available)
{
    return wanted.boundedTo(available.size() - frame);
}

QRect moved_into(QRect wanted, const QRect& available)
{
    wanted.setSize(fitted(wanted.size(), available));
    const int most_x = available.right() - wanted.width();
    const int most_y = available.bottom() - wanted.height();
    wanted.moveLeft(std::max(available.left(), std::min(wanted.left(), most_x)));
    wanted.moveTop(
        std::max(available.top() + frame.height(), std::min(wanted.top(), most_y)));
    return wanted;
}

DialogFit::DialogFit(QObject* parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool DialogFit::eventFilter(QObject* watched, QEvent* event)
{
    // Before the dialog's own handler, which puts it over its parent.
    if (event->type() == QEvent::Show && !event->spontaneous())
        if (auto* dialog = qobject_cast<QDialog*>(watched); dialog && dialog->isWindow())
            dialog->resize(fitted(dialog->size(), dialog->screen()->availableGeometry()));
    return QObject::eventFilter(watched, event);
}

} // namespace circuitloom::ui
