#include "ui/session/dynamics_reader.h"

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

DynamicsReader::DynamicsReader(QObject* parent)
    : QObject(parent)
    , rest_factor_(rest_factor)
    , least_rest_ms_(least_rest_ms)
{
    rest_.setSingleShot(true);
    tick_.setInterval(tick_ms);
    connect(&rest_, &QTimer::timeout, this, &DynamicsReader::compute_next);
    connect(&tick_, &QTimer::timeout, this, &DynamicsReader::progressed);
}

DynamicsReader::~DynamicsReader()
{
    call_off();
}

void DynamicsReader::set_rest(int factor, qint64 least_ms)
{
    rest_factor_ = factor;
    least_rest_ms_ = least_ms;
}

void DynamicsReader::call_off()
{
    if (job_)
        job_->called_off = true;
    end_job();
}

void DynamicsReader::end_job()
{
    job_.reset();
    tick_.stop();
}

void DynamicsReader::forget()
{
    call_off();
    file_.clear();
    wanted_.clear();
}

void DynamicsReader::want(const QString& file, const RunHistory& run)
{
    if (file != file_) {
        forget();
        file_ = file;
    }
    Wanted& wanted = wanted_[run.summary.id];
    if (wanted.graph != run.graph) {
        if (job_ && job_->run == run.summary.id)
            call_off();
        wanted = { run.graph, 0, {} };
    }
    wanted.iterations = static_cast<int>(run.iterations.size());
    if (!rest_.isActive())
        wanted.known.failure.clear();
    compute_next();
}

DynamicsReader::Known DynamicsReader::known(
    const std::shared_ptr<const ComputationalGraph>& graph) const
{
    const auto found = std::ranges::find_if(
        wanted_, [&](const auto& entry) { return graph && entry.second.graph == graph; });
    if (found == wanted_.end())
        return {};
    Known known = found->second.known;
    if (job_ && job_->run == found->first) {
        const int total = job_->total;
        known.progress = total > 0 ? static_cast<double>(job_->done) / total : 0.0;
    }
    return known;
}

bool DynamicsReader::is_due(const Wanted& wanted) const
{
    if (wanted.iterations == 0 || !wanted.known.failure.isEmpty())
        return false;
    const RunDynamics* before = wanted.known.dynamics.get();
    return !before || (std::ssize(before->iterations) < wanted.iterations && !rest_.isActive());
}

void DynamicsReader::compute_next()
{
    const auto due = std::ranges::find_if(
        wanted_, [this](const auto& entry) { return is_due(entry.second); });
    if (job_ || due == wanted_.end())
        return;
    job_ = std::make_shared<Job>();
    job_->run = due->first;
    tick_.start();
    QElapsedTimer clock;
    clock.start();
    background_.run(
        this,
        [file = path_of(file_), job = job_] {
            DynamicsOptions options;
            options.progress = [&job](int done, int total) {
                job->done = done;
                job->total = total;
                if (job->called_off)
                    throw Cancelled("The run's dynamics are not wanted any more.");
            };
            return std::make_shared<const RunDynamics>(
                run_dynamics(ExperimentReader(file), job->run, options));
        },
        [this, job = job_, clock](const std::shared_ptr<const RunDynamics>& found) {
            if (job != job_)
                return;
            end_job();
            Known& known = wanted_[job->run].known;
            known.dynamics = found;
            known.curves = std::make_shared<const CircuitCurves>(circuit_curves(*found));
            rest_.start(static_cast<int>(
                std::min(most_rest_ms, std::max(least_rest_ms_, rest_factor_ * clock.elapsed()))));
            compute_next();
            Q_EMIT changed();
        },
        [this, job = job_](const QString& sentence) {
            if (job != job_)
                return;
            end_job();
            wanted_[job->run].known.failure = sentence;
            rest_.start(static_cast<int>(least_rest_ms_));
            compute_next();
            Q_EMIT changed();
        });
}

} // namespace circuitloom::ui
