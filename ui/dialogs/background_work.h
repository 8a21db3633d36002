#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace circuitloom::ui {

/// Runs `work` on another thread and hands its result to `done` on the GUI's, unless `receiver` is
/// gone by then. `work` must not throw and must not touch `receiver`.
template <class Work, class Done>
void in_background(QObject* receiver, Work work, Done done)
{
    QThreadPool::globalInstance()->start(
        [guard = QPointer<QObject>(receiver), work = std::move(work), done = std::move(done)] {
            // The application waits for this thread before it goes.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, done, result = work()] {
                    if (guard)
                        done(result);
                },
                Qt::QueuedConnection);
        });
}

} // namespace circuitloom::ui
