#include "ui/session/experiment_session.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/store/run_writer.h"
#include "ui/base/file_path.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace circuitloom::ui {

namespace {

constexpr int message_interval = 33; ///< milliseconds
constexpr qsizetype cached_edges = 4'000'000;

/// Null where it is not there.
template <class Runs>
auto find_run(Runs& runs, RunId id) -> decltype(runs.data())
{
    const auto found = std::find_if(
        runs.begin(), runs.end(), [id](const RunHistory& run) { return run.summary.id == id; });
    return found == runs.end() ? nullptr : &*found;
}

} // namespace

ExperimentSession::ExperimentSession(
    Worker::EngineLoader loader, const QString& folder, QObject* parent)
    : QObject(parent)
    , folder_(folder)
    , circuits_(cached_edges)
    , worker_(std::make_unique<Worker>(std::move(loader)))
    , waiting_runs_(QDir(folder).filePath(QStringLiteral("waiting")))
{
    background_.setMaxThreadCount(1);
    messages_.setInterval(message_interval);
    connect(&messages_, &QTimer::timeout, this, &ExperimentSession::take_messages);
    messages_.start();
}

ExperimentSession::~ExperimentSession()
{
    blockSignals(true); // who listened is going as well
    stop_and_hold();
    while (worker_->busy())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    take_messages(); // whether the run in training came as far as the file
    worker_.reset();
    delete_removed();
    background_.waitForDone();
}

bool ExperimentSession::unsaved() const
{
    return !file_.isEmpty()
        && QFileInfo(file_).absoluteDir() == QDir(QFileInfo(folder_).absoluteFilePath());
}

void ExperimentSession::close()
{
    delete_removed();
    queue_.clear();
    reader_.reset();
    runs_.clear();
    current_.reset();
    circuits_.clear();
    file_.clear();
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
}

void ExperimentSession::open(const QString& file)
{
    load(file, std::nullopt);
}

void ExperimentSession::load(const QString& file, std::optional<RunId> preferred)
{
    background_.waitForDone(); // for what is being deleted from it
    auto reader = std::make_unique<ExperimentReader>(path_of(file));
    std::vector<RunHistory> runs;
    for (const RunSummary& summary : reader->runs())
        runs.push_back(load_history(*reader, summary));

    delete_removed();
    reader_ = std::move(reader);
    runs_ = std::move(runs);
    file_ = QFileInfo(file).absoluteFilePath();
    circuits_.clear();
    load_queue();
    current_.reset();
    if (preferred && find(*preferred))
        current_ = preferred;
    else if (!runs_.empty())
        current_ = runs_.back().summary.id;
    Q_EMIT file_changed();
    Q_EMIT runs_changed();
    Q_EMIT current_run_changed();
}

void ExperimentSession::save_as(const QString& file)
{
    const QString from = file_;
    const QString to = QFileInfo(file).absoluteFilePath();
    if (from.isEmpty() || from == to)
        return;
    std::vector<RunId> left_out;
    for (const auto& removed : removed_)
        if (const auto* run = std::get_if<RunHistory>(&removed))
            left_out.push_back(run->summary.id);
    in_background(
        [from, to, left_out] {
            copy_experiment(path_of(from), path_of(to), true);
            for (const RunId run : left_out)
                delete_run(path_of(to), run);
        },
        [this, from, to] {
            const bool copy_only = training() || file_ != from;
            if (!copy_only) {
                const bool was_unsaved = unsaved();
                waiting_runs_.move(from, to);
                removed_.clear(); // the copy has them no more
                load(to, current_);
                if (was_unsaved)
                    QFile::remove(from);
            }
            Q_EMIT saved(to, copy_only);
        });
}

void ExperimentSession::in_background(std::function<void()> work, std::function<void()> done)
{
    background_.start([this, work = std::move(work), done = std::move(done)] {
        QString error;
        try {
            work();
        } catch (const std::exception& exception) {
            error = QString::fromStdString(exception.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, done, error] {
                try {
                    if (error.isEmpty())
                        done();
                    else
                        Q_EMIT failed(error);
                } catch (const Error& exception) {
                    Q_EMIT failed(QString::fromStdString(exception.what()));
                }
            },
            Qt::QueuedConnection);
    });
}

std::optional<RunId> ExperimentSession::live_run() const
{
    return live_file_ == file_ ? live_run_ : std::nullopt;
}

RunHistory* ExperimentSession::find(RunId id)
{
    return find_run(runs_, id);
}

const RunHistory* ExperimentSession::run(RunId id) const
{
    return find_run(runs_, id);
}

const RunHistory* ExperimentSession::current() const
{
    return current_ ? run(*current_) : nullptr;
}

RunHistory* ExperimentSession::live_history()
{
    const std::optional<RunId> id = live_run();
    return id ? find(*id) : nullptr;
}

void ExperimentSession::select(RunId id)
{
    if (current_ == id || !find(id))
        return;
    current_ = id;
    circuits_.clear();
    Q_EMIT current_run_changed();
}

Circuit ExperimentSession::circuit(int iteration)
{
    if (!current_ || iteration < 0)
        return {};
    if (const Circuit* known = circuits_.object(iteration))
        return *known;
    Circuit circuit = reader_->circuit(*current_, IterationIndex{ iteration });
    circuits_.insert(iteration, new Circuit(circuit), std::max<qsizetype>(1, std::ssize(circuit)));
    return circuit;
}

QString ExperimentSession::status() const
{
    QStringList parts;
    if (!device_.isEmpty())
        parts << device_;
    if (!preparing_.isEmpty())
        parts << preparing_ + u'…';
    else if (training() && paused())
        parts << tr("paused");
    else if (training() && steps_per_second_ > 0)
        parts << tr("%1 steps/s").arg(steps_per_second_, 0, 'f', steps_per_second_ < 10 ? 1 : 0)
              << time_left();
    else if (!engine_known_)
        parts << tr("loading the engine…");
    return parts.join(QStringLiteral(" · "));
}

QString ExperimentSession::time_left() const
{
    if (steps_per_second_ <= 0)
        return {};
    const std::optional<RunId> id = live_run();
    const RunHistory* run = id ? this->run(*id) : nullptr;
    const int steps = run ? run->summary.description.steps - run->summary.steps_done : 0;
    const double seconds = std::ceil(std::max(0, steps) / steps_per_second_);
    return tr("%1 left").arg(QString::fromStdString(duration(seconds)));
}

} // namespace circuitloom::ui
