#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include <concepts>
#include <exception>
#include <type_traits>
#include <utility>

namespace circuitloom::ui {

/// Runs work on threads beside the window's, and hands what comes of it to the window's.
///
/// For the window's thread. `work` runs on another one and must not touch `receiver`; once it is
/// through, `done` gets its result, or `failed` the sentence of the std::exception that it threw.
/// Both run on the window's thread, and not at all once `receiver` is gone.
class Background
{
public:
    /// With one thread, what is given first is done first, and is through before the next begins.
    explicit Background(int threads = 1) { pool_.setMaxThreadCount(threads); }
    /// Waits for all work; its results are dropped with their receivers.
    ~Background() = default;
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    template <class Work, class Done, std::invocable<const QString&> Failed>
    void run(QObject* receiver, Work work, Done done, Failed failed)
    {
        run_in(pool_, receiver, std::move(work), std::move(done), std::move(failed));
    }
    void wait() { pool_.waitForDone(); }

    /// The same in one of `pool`'s threads.
    template <class Work, class Done, std::invocable<const QString&> Failed>
    static void run_in(
        QThreadPool& pool, QObject* receiver, Work work, Done done, Failed failed)
    {
        pool.start([guard = QPointer<QObject>(receiver), work = std::move(work),
                       done = std::move(done), failed = std::move(failed)] {
            // The application outlives its threads' work; the receiver may not.
            const auto hand_over = [&guard](auto action) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [guard, action = std::move(action)] {
                        if (guard)
                            action();
                    },
                    Qt::QueuedConnection);
            };
            try {
                if constexpr (std::is_void_v<std::invoke_result_t<const Work&>>) {
                    work();
                    hand_over(done);
                } else {
                    hand_over([done, result = work()] { done(result); });
                }
            } catch (const std::exception& error) {
                hand_over(
                    [failed, sentence = QString::fromUtf8(error.what())] { failed(sentence); });
            }
        });
    }

private:
    QThreadPool pool_; ///< its destructor waits
};

/// Background::run() in any of the application's threads, in whatever order.
template <class Work, class Done, std::invocable<const QString&> Failed>
void in_background(QObject* receiver, Work work, Done done, Failed failed)
{
    Background::run_in(*QThreadPool::globalInstance(), receiver, std::move(work), std::move(done),
        std::move(failed));
}

} // namespace circuitloom::ui
