#include "ui/export/run_data_job.h"

#include "core/base/error.h"
#include "core/exchange/event_file.h"
#include "core/exchange/gexf.h"
#include "core/exchange/run_table.h"
#include "core/formats/result_file.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <limits>
#include <system_error>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int progress_interval = 100; // milliseconds

/// Any file that is there was asked about.
ResultFile result_at(const std::filesystem::path& target, const std::filesystem::path& experiment)
{
    return { target, { FileContent::other, true, { experiment } } };
}

} // namespace

std::filesystem::path run_data_target(const std::filesystem::path& experiment, RunId run,
    RunDataFormat format, const std::filesystem::path& to)
{
    if (format != RunDataFormat::events)
        return to;
    return to / event_file_name(ExperimentReader(experiment).run(run));
}

RunDataJob::RunDataJob(std::filesystem::path experiment, RunId run, RunDataFormat format,
    std::filesystem::path target)
    : experiment_(std::move(experiment))
    , run_(run)
    , format_(format)
    , target_(std::move(target))
{
}

RunDataJob::~RunDataJob()
{
    cancel();
    writing_.wait();
}

void RunDataJob::start()
{
    writing_.run(
        this, [this] { write(); }, [this] { Q_EMIT finished(); },
        [this](const QString& sentence) {
            if (cancelled_)
                Q_EMIT cancelled();
            else
                Q_EMIT failed(sentence);
        });
}

// What follows runs on the job's own thread.

void RunDataJob::require_wanted() const
{
    if (cancelled_)
        throw Cancelled("The export was cancelled.");
}

void RunDataJob::write()
{
    if (format_ == RunDataFormat::table || format_ == RunDataFormat::parquet)
        return write_rows();
    if (format_ == RunDataFormat::events) {
        std::error_code why;
        std::filesystem::create_directories(target_.parent_path(), why);
        if (why)
            throw ResourceError(
                target_.parent_path().string() + " cannot be made: " + why.message() + ".");
    }
    const std::string text = whole_text();
    require_wanted();
    result_at(target_, experiment_).write(text);
}

std::string RunDataJob::whole_text() const
{
    const ExperimentReader reader(experiment_);
    const RunSummary run = reader.run(run_);
    if (format_ == RunDataFormat::events)
        return run_to_events(reader, run);
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    return run_to_gexf(reader, run, lattice_layout(graph));
}

void RunDataJob::write_rows()
{
    const ExperimentReader reader(experiment_);
    const RunSummary run = reader.run(run_);
    std::int64_t rows = 0;
    for (const IterationRecord& iteration : reader.iterations(run_))
        rows += iteration.edges;
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    QElapsedTimer since;
    since.start();
    const auto tell = [&](std::int64_t done) {
        require_wanted();
        if (since.elapsed() < progress_interval)
            return;
        since.start();
        QMetaObject::invokeMethod(
            this,
            [this, at = static_cast<int>(std::min(done, most)),
                of = static_cast<int>(std::min(rows, most))] { Q_EMIT progressed(at, of); },
            Qt::QueuedConnection);
    };
    const auto write = format_ == RunDataFormat::table ? write_run_table : write_run_parquet;
    result_at(target_, experiment_).write_pieces([&](const TextSink& sink) {
        require_wanted();
        write(reader, run, sink, tell);
    });
}

} // namespace circuitloom::ui
