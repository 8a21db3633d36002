#include "ui/window/experiment_session.h"

#include "core/base/error.h"
#include "core/store/run_writer.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int message_interval = 33; ///< milliseconds
constexpr qsizetype cached_edges = 4'000'000;

std::filesystem::path path_of(const QString& file)
{
    return std::filesystem::path(file.toStdU16String());
}

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
{
    background_.setMaxThreadCount(1);
    messages_.setInterval(message_interval);
    connect(&messages_, &QTimer::timeout, this, &ExperimentSession::take_messages);
    messages_.start();
}

ExperimentSession::~ExperimentSession()
{
    worker_.reset();
    background_.waitForDone();
}

bool ExperimentSession::unsaved() const
{
    return !file_.isEmpty()
        && QFileInfo(file_).absoluteDir() == QDir(QFileInfo(folder_).absoluteFilePath());
}

void ExperimentSession::close()
{
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
    auto reader = std::make_unique<ExperimentReader>(path_of(file));
    std::vector<RunHistory> runs;
    for (const RunSummary& summary : reader->runs())
        runs.push_back(load_history(*reader, summary));

    reader_ = std::move(reader);
    runs_ = std::move(runs);
    file_ = QFileInfo(file).absoluteFilePath();
    circuits_.clear();
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
    in_background([from, to] { copy_experiment(path_of(from), path_of(to), true); },
        [this, from, to] {
            const bool copy_only = training() || file_ != from;
            if (!copy_only) {
                const bool was_unsaved = unsaved();
                load(to, current_);
                if (was_unsaved)
                    QFile::remove(from);
            }
            Q_EMIT saved(to, copy_only);
        });
}

void ExperimentSession::start(const RunConfig& config)
{
    try {
        validate(config);
        if (file_.isEmpty()) {
            if (!QDir().mkpath(folder_))
                throw ResourceError("Cannot make the folder " + folder_.toStdString() + ".");
            const QString file = new_file_name();
            create_experiment(path_of(file));
            load(file, std::nullopt);
        }
    } catch (const Error& error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    live_file_ = file_;
    preparing_ = engine_known_ ? tr("preparing the run") : tr("loading the engine");
    worker_->start(config, path_of(file_));
    messages_.start();
    Q_EMIT training_changed();
    Q_EMIT status_changed();
}

QString ExperimentSession::new_file_name() const
{
    const QString stem = QDir(folder_).filePath(QStringLiteral("untitled-")
        + QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss")));
    QString file = stem + QStringLiteral(".loom");
    for (int i = 2; QFileInfo::exists(file); ++i)
        file = stem + u'-' + QString::number(i) + QStringLiteral(".loom");
    return file;
}

void ExperimentSession::pause()
{
    worker_->pause();
    Q_EMIT training_changed();
}

void ExperimentSession::resume()
{
    worker_->resume();
    Q_EMIT training_changed();
}

void ExperimentSession::stop()
{
    worker_->stop();
}

void ExperimentSession::remove(RunId id)
{
    if (file_.isEmpty() || live_run() == id)
        return;
    in_background([file = file_, id] { delete_run(path_of(file), id); },
        [this, file = file_, id] {
            if (file_ != file)
                return;
            const bool shown = current_ == id;
            std::erase_if(runs_, [id](const RunHistory& run) { return run.summary.id == id; });
            Q_EMIT runs_changed();
            if (!shown)
                return;
            current_.reset();
            circuits_.clear();
            if (!runs_.empty())
                current_ = runs_.back().summary.id;
            Q_EMIT current_run_changed();
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
    const std::optional<RunId> id = live_run();
    const RunHistory* run = id ? this->run(*id) : nullptr;
    const int steps = run ? run->summary.description.steps - run->summary.steps_done : 0;
    const double seconds = std::ceil(std::max(0, steps) / steps_per_second_);
    if (seconds >= 5400)
        return tr("%1 h left").arg(seconds / 3600, 0, 'f', 1);
    if (seconds >= 90)
        return tr("%1 min left").arg(std::ceil(seconds / 60), 0, 'f', 0);
    return tr("%1 s left").arg(seconds, 0, 'f', 0);
}

} // namespace circuitloom::ui
