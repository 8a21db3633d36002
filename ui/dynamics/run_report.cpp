#include "ui/dynamics/run_report.h"

#include "core/base/error.h"
#include "ui/base/file_path.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int tick_ms = 100;
constexpr int rest_factor = 4;
constexpr qint64 least_rest_ms = 500;
constexpr qint64 most_rest_ms = 300'000;

} // namespace

RunReport::RunReport()
{
    rest_.setSingleShot(true);
    tick_.setInterval(tick_ms);
    connect(&rest_, &QTimer::timeout, this, &RunReport::compute);
    connect(&tick_, &QTimer::timeout, this, &RunReport::progressed);
}

RunReport::~RunReport()
{
    call_off();
}

void RunReport::call_off()
{
    if (job_)
        job_->called_off = true;
    job_.reset();
    tick_.stop();
}

void RunReport::want(const QString& file, RunId run, int iterations)
{
    const bool same = file == file_ && run == run_ && iterations >= iterations_;
    if (same && iterations == iterations_)
        return;
    file_ = file;
    run_ = run;
    iterations_ = iterations;
    if (!same) {
        call_off();
        rest_.stop();
        known_.reset();
        Q_EMIT changed();
    }
    compute();
}

std::optional<double> RunReport::progress() const
{
    if (!job_)
        return std::nullopt;
    const int total = job_->total;
    return total > 0 ? static_cast<double>(job_->done) / total : 0.0;
}

void RunReport::compute()
{
    const bool newer = !known_ || std::ssize(known_->iterations) < iterations_;
    if (job_ || rest_.isActive() || file_.isEmpty() || iterations_ == 0 || !newer)
        return;
    tick_.start();
    const auto job = std::make_shared<Job>();
    job_ = job;
    QElapsedTimer clock;
    clock.start();
    background_.run(
        this,
        [file = path_of(file_), run = run_, job] {
            DynamicsOptions options;
            options.progress = [job](int done, int total) {
                job->done = done;
                job->total = total;
                if (job->called_off)
                    throw Cancelled("Another run is wanted.");
            };
            return run_dynamics(ExperimentReader(file), run, options);
        },
        [this, job, clock](const RunDynamics& found) {
            if (job != job_)
                return;
            job_.reset();
            tick_.stop();
            known_ = found;
            rest_.start(static_cast<int>(
                std::clamp(rest_factor * clock.elapsed(), least_rest_ms, most_rest_ms)));
            Q_EMIT changed();
        },
        [this, job](const QString& sentence) {
            if (job != job_)
                return;
            job_.reset();
            tick_.stop();
            Q_EMIT failed(sentence);
        });
}

} // namespace circuitloom::ui
