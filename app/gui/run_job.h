#pragma once

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"
#include "core/base/error.h"

#include <QEventLoop>
#include <QObject>
#include <QString>

#include <stop_token>
#include <string>

namespace circuitloom {

/// Runs a job of ui/ (one with start(), cancel() and the signals progressed, finished, failed and
/// cancelled) to its end, with its progress in units of `what`. False where it was interrupted.
/// Throws ResourceError with the sentence of a failure. For the main thread.
template <class Job>
bool run_job(Job& job, ProgressLine& progress, const char* what)
{
    QEventLoop loop;
    std::string failure;
    bool cancelled = false;
    QObject::connect(&job, &Job::progressed, &loop,
        [&](int done, int of) { progress.show(what, done, of); });
    QObject::connect(&job, &Job::failed, &loop, [&](const QString& sentence) {
        failure = sentence.toStdString();
        loop.quit();
    });
    QObject::connect(&job, &Job::finished, &loop, &QEventLoop::quit);
    QObject::connect(&job, &Job::cancelled, &loop, [&] {
        cancelled = true;
        loop.quit();
    });
    const StopOnInterrupt interrupt;
    const std::stop_callback stop(interrupt.token(), [&job] { job.cancel(); });
    job.start();
    loop.exec();
    progress.finish();
    if (!failure.empty())
        throw ResourceError(failure);
    return !cancelled;
}

} // namespace circuitloom
