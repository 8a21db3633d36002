#pragma once

#include "ui/export/export_bar.h"
#include "ui/export/replace_question.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <utility>

namespace circuitloom::ui {

/// The one job of a dialog with an ExportBar: a FilmJob, a ReportJob or the like, with start(),
/// cancel() and the signals progressed, finished, failed and cancelled. The bar shows how far it is
/// and how it ended.
template <class Job>
class BarJob
{
public:
    /// `changed` is called once a job has begun, and once it has ended. Both outlive it.
    BarJob(ExportBar& bar, std::function<void()> changed)
        : bar_(bar)
        , changed_(std::move(changed))
    {
    }

    bool working() const { return job_ != nullptr; }
    /// False where there is no job.
    bool cancel()
    {
        if (job_)
            job_->cancel();
        return working();
    }

    /// Starts a job that writes to `file`. `far` says how far it is, `beginning` what it does before
    /// it can tell.
    void start(std::unique_ptr<Job> job, const QString& file, const QString& beginning,
        std::function<QString(int done, int of)> far)
    {
        job_ = std::move(job);
        Job* const begun = job_.get();
        QObject::connect(
            begun, &Job::progressed, &bar_, [this, far = std::move(far)](int done, int of) {
                bar_.show_progress(done, of);
                bar_.say(far(done, of), false);
            });
        QObject::connect(begun, &Job::failed, &bar_,
            [this](const QString& sentence) { end(sentence, true); });
        QObject::connect(
            begun, &Job::cancelled, &bar_, [this, file] { end(cancelled_text(file), false); });
        bar_.show_progress(0, 0);
        bar_.say(beginning, false);
        begun->start();
        changed_();
    }

    /// Its job has ended, as `sentence` says.
    void end(const QString& sentence, bool failed)
    {
        job_.release()->deleteLater(); // it is its signal that led here
        bar_.say(sentence, failed);
        changed_();
    }

private:
    ExportBar& bar_;
    std::function<void()> changed_;
    std::unique_ptr<Job> job_;
};

} // namespace circuitloom::ui
