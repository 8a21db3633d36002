#pragma once

#include "core/base/ids.h"
#include "ui/base/background.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <filesystem>
#include <string>

namespace circuitloom::ui {

/// What a whole run is written as.
enum class RunDataFormat
{
    table, ///< every edge of every iteration, as CSV
    parquet, ///< the same as a Parquet file
    gexf, ///< all circuits with time, for Gephi
    events ///< all curves, for TensorBoard: in a folder, with one for the run in it
};

/// Where the run is written to: `to` itself, or the event file in the folder `to`. Throws as
/// ExperimentReader does.
std::filesystem::path run_data_target(const std::filesystem::path& experiment, RunId run,
    RunDataFormat format, const std::filesystem::path& to);

/// Writes a whole run on a thread of its own. start() may be called once. Then exactly one of
/// finished(), failed() and cancelled() follows; after the latter two what was there before is
/// untouched. Destroying it cancels and waits.
class RunDataJob : public QObject
{
    Q_OBJECT

public:
    /// `target`: as run_data_target() gives it.
    RunDataJob(std::filesystem::path experiment, RunId run, RunDataFormat format,
        std::filesystem::path target);
    ~RunDataJob() override;

    void start();
    void cancel() { cancelled_ = true; }

Q_SIGNALS:
    /// Rows of a table; of what cannot be counted nothing comes.
    void progressed(int done, int of);
    void finished();
    void failed(const QString& sentence);
    void cancelled();

private:
    void write();
    std::string whole_text() const;
    /// As a table of either kind, a row for each edge.
    void write_rows();
    void require_wanted() const;

    std::filesystem::path experiment_;
    RunId run_;
    RunDataFormat format_;
    std::filesystem::path target_;
    std::atomic<bool> cancelled_ = false;
    Background writing_; // last, so that it ends first
};

} // namespace circuitloom::ui
