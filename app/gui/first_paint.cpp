#include "app/gui/first_paint.h"

#include <QEvent>
#include <QTimer>

#include <chrono>
#include <utility>

namespace circuitloom {

FirstPaint::FirstPaint(QWidget& window, std::function<void()> painted)
    : painted_(std::move(painted))
{
    window.installEventFilter(this);
    QTimer::singleShot(std::chrono::milliseconds(500), this, [this] { call_back(); });
}

FirstPaint::~FirstPaint()
{
    call_back();
}

bool FirstPaint::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint) {
        watched->removeEventFilter(this);
        // The children are painted after their window, still within this event.
        QTimer::singleShot(0, this, [this] { call_back(); });
    }
    return false;
}

void FirstPaint::call_back()
{
    if (const auto painted = std::exchange(painted_, nullptr))
        painted();
}

} // namespace circuitloom
