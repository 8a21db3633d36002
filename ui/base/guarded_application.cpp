#include "ui/base/guarded_application.h"

#include "core/base/error.h"

#include <QEvent>
#include <QMetaEnum>
#include <QThreadPool>

#include <exception>
#include <new>
#include <stdexcept>
#include <typeinfo>
#include <utility>

namespace circuitloom::ui {

namespace {

// Before the event is handled: its receiver may be gone afterwards.
QString place_of(const QObject& receiver, const QEvent& event)
{
    const char* kind = QMetaEnum::fromType<QEvent::Type>().valueToKey(event.type());
    return QStringLiteral("%1 %2, event %3")
        .arg(QLatin1String(receiver.metaObject()->className()), receiver.objectName(),
            kind ? QString::fromLatin1(kind) : QString::number(event.type()));
}

GuardedApplication::Failure unexpected(const std::exception& cause, const QString& place)
{
    const QString what = QString::fromLocal8Bit(cause.what());
    return { QCoreApplication::translate("GuardedApplication",
                 "Something went wrong inside Circuitloom, and what you asked for last was not "
                 "done: %1. The experiment is kept.")
                 .arg(what),
        QStringLiteral("Circuitloom %1\n%2: %3\n%4")
            .arg(QCoreApplication::applicationVersion(), QLatin1String(typeid(cause).name()), what,
                place) };
}

} // namespace

GuardedApplication::GuardedApplication(int& argc, char** argv)
    : QApplication(argc, argv)
{
}

GuardedApplication::~GuardedApplication()
{
    // QCoreApplication waits too, but only once instance() gives no application any more.
    QThreadPool::globalInstance()->waitForDone();
}

void GuardedApplication::set_tell(Tell tell)
{
    tell_ = std::move(tell);
}

bool GuardedApplication::notify(QObject* receiver, QEvent* event)
{
    if (!tell_)
        return QApplication::notify(receiver, event);
    const QString place = place_of(*receiver, *event);
    try {
        return QApplication::notify(receiver, event);
    } catch (const Error& cause) {
        tell_({ QString::fromUtf8(cause.what()), unexpected(cause, place).details });
    } catch (const std::bad_alloc& cause) {
        tell_(
            { QCoreApplication::translate("GuardedApplication",
                  "The computer ran out of memory; close other programs, or a smaller circuit may "
                  "do. The experiment is kept."),
                unexpected(cause, place).details });
    } catch (const std::exception& cause) {
        tell_(unexpected(cause, place));
    } catch (...) {
        tell_(unexpected(std::runtime_error("an unknown exception"), place));
    }
    return true;
}

} // namespace circuitloom::ui
