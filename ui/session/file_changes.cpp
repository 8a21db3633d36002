#include "ui/session/file_changes.h"

#include <QFileInfo>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr int soon_ms = 150; ///< what is written in bursts is looked at once
constexpr int poll_ms = 2000;

} // namespace

/// What the last look at a file found.
struct FileChanges::Seen
{
    std::optional<std::int64_t> changes;
    bool under_way = false; ///< a run is, whose writer may vanish without a word
};

FileChanges::FileChanges(FileReader& reader, QObject* parent)
    : QObject(parent)
    , reader_(reader)
{
    soon_.setSingleShot(true);
    soon_.setInterval(soon_ms);
    poll_.setInterval(poll_ms);
    const auto told = [this] {
        if (!soon_.isActive())
            soon_.start();
    };
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this, told);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, told);
    connect(&soon_, &QTimer::timeout, this, &FileChanges::look);
    connect(&poll_, &QTimer::timeout, this, &FileChanges::look);
}

void FileChanges::follow(OpenFile number, const QString& file)
{
    number_ = number;
    file_ = file;
    looking_ = false;
    seen_ = std::make_shared<Seen>();
    soon_.stop();
    if (const QStringList watched = watcher_.files() + watcher_.directories(); !watched.isEmpty())
        watcher_.removePaths(watched);
    if (file_.isEmpty()) {
        poll_.stop();
        return;
    }
    watch_paths();
    poll_.start();
}

// The log comes and goes; a file that was replaced is watched no more until it is added again.
void FileChanges::watch_paths()
{
    const QString log = file_ + QStringLiteral("-wal");
    QStringList wanted;
    for (const QString& path : { file_, log, QFileInfo(file_).path() })
        if (!watcher_.files().contains(path) && !watcher_.directories().contains(path)
            && QFileInfo::exists(path))
            wanted << path;
    if (!wanted.isEmpty())
        watcher_.addPaths(wanted);
}

void FileChanges::look()
{
    if (looking_)
        return;
    looking_ = true;
    watch_paths();
    reader_.read(
        number_,
        [this, number = number_, seen = seen_](
            const ExperimentReader& reader) -> FileReader::Delivery {
            const std::int64_t changes = reader.changes();
            const bool same = seen->changes == changes && !seen->under_way;
            std::vector<RunSummary> runs = same ? std::vector<RunSummary>() : reader.runs();
            if (!same) {
                seen->changes = changes;
                seen->under_way = std::ranges::any_of(runs, is_under_way, &RunSummary::state);
            }
            return [this, number, same, runs = std::move(runs)] {
                if (number != number_)
                    return;
                looking_ = false;
                if (!same)
                    Q_EMIT found(runs);
            };
        },
        [this, number = number_](const QString&) {
            if (number == number_)
                looking_ = false; // whoever reads what is shown says it; here the next look may do
        });
}

} // namespace circuitloom::ui
