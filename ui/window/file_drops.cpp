#include "ui/window/file_drops.h"

#include "core/formats/file_content.h"
#include "core/run/circuits_found.h"
#include "core/run/run_config.h"
#include "ui/base/file_path.h"
#include "ui/window/error_banner.h"
#include "ui/window/file_commands.h"
#include "ui/window/import_commands.h"
#include "ui/window/observe_commands.h"
#include "ui/window/run_commands.h"

#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QMimeData>
#include <QWidget>

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr qint64 looked_at = 1 << 16; // bytes of a log, whose first lines may hold no circuit
const QStringList task_endings{ QStringLiteral("jsonl"), QStringLiteral("json"),
    QStringLiteral("csv"), QStringLiteral("tsv"), QStringLiteral("txt") };

/// Whether a file with a task's ending is one of circuits all the same: graph JSON, or a log of them.
bool is_of_circuits(const QString& path)
{
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive))
        return content_of(path_of(path)) == FileContent::scores;
    QFile file(path);
    return path.endsWith(QStringLiteral(".jsonl"), Qt::CaseInsensitive)
        && file.open(QIODevice::ReadOnly) && file.read(looked_at).contains("\"edges\"");
}

/// False where there is one already.
bool take_one(QString& place, const QString& file)
{
    if (!place.isEmpty())
        return false;
    place = file;
    return true;
}

} // namespace

DroppedFiles sorted_files(const QList<QUrl>& dropped)
{
    DroppedFiles sorted;
    for (const QUrl& url : dropped) {
        const QFileInfo file(url.toLocalFile());
        const QString path = file.absoluteFilePath();
        const QString ending = file.suffix().toLower();
        bool taken = false;
        if (!url.isLocalFile()) {
            sorted.others << url.toDisplayString();
            continue;
        }
        const bool may_be_series = file.isDir() || ending == QStringLiteral("toml");
        if (may_be_series && is_series(path_of(path))) {
            taken = take_one(sorted.series, path);
        } else if (file.isDir() && holds_circuits(path_of(path))) {
            sorted.circuits << path;
            taken = true;
        } else if (file.isDir() || ending == QStringLiteral("gguf"))
            taken = take_one(sorted.model, path);
        else if (ending == QStringLiteral("toml"))
            taken = take_one(sorted.configuration, path);
        else if (task_endings.contains(ending) && is_of_circuits(path)) {
            sorted.circuits << path;
            taken = true;
        } else if (task_endings.contains(ending))
            taken = take_one(sorted.task, path);
        else if (ending == QStringLiteral("loom")
            || content_of(path_of(path)) == FileContent::experiment) {
            sorted.experiments << path;
            taken = true;
        }
        if (!taken)
            sorted.others << file.fileName();
    }
    return sorted;
}

FileDrops::FileDrops(QWidget& window, FileCommands& files, RunCommands& runs,
    ImportCommands& imports, ObserveCommands& observing, ErrorBanner& banner)
    : QObject(&window)
    , files_(files)
    , runs_(runs)
    , imports_(imports)
    , observing_(observing)
    , banner_(banner)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

bool FileDrops::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove
        && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event); // the others are of its kind
    if (!drop->mimeData()->hasUrls())
        return false;
    drop->setDropAction(Qt::CopyAction); // what was dropped stays where it is
    drop->accept();
    // Whoever drags waits for the end of this: looking into files and questions come after it.
    if (event->type() == QEvent::Drop)
        take_files(drop->mimeData()->urls());
    return true;
}

void FileDrops::take_files(const QList<QUrl>& files)
{
    reading_.run(
        this, [files] { return sorted_files(files); },
        [this](const DroppedFiles& sorted) { take(sorted); },
        [this](const QString& sentence) { banner_.show_error(sentence); });
}

void FileDrops::take(const DroppedFiles& files)
{
    QStringList unused = files.others;
    if (!files.experiments.isEmpty()) {
        if (!files_.open(files.experiments.first()))
            return;
        for (const QString& other : files.experiments.mid(1) + files.circuits)
            unused << QFileInfo(other).fileName();
        if (!files.series.isEmpty())
            unused << QFileInfo(files.series).fileName();
    } else {
        // What observing takes is shown first, and asked about.
        const bool one_series = files.circuits.size() == 1 && files.series.isEmpty()
            && !files.circuits.front().endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
        if (!files.circuits.isEmpty() && !one_series)
            imports_.import(files.circuits);
        if (one_series)
            observe(files.circuits.front(), files, unused);
        else if (!files.series.isEmpty())
            observe(files.series, files, unused);
        else if (files.for_a_run())
            begin_run(files);
    }
    if (unused.isEmpty())
        return;
    banner_.show_error(tr("Not used: %1. Drop one experiment (.loom) to open it, or a model (its "
                          "folder or a GGUF file), a task file (%2) or a run's configuration "
                          "(.toml), one of each, to fill in a new run, or a folder of circuits "
                          "(500.json and so on), a log of them (.jsonl), a folder of checkpoint-N "
                          "folders or a list of checkpoints (.toml) to observe them, or several "
                          "files and folders of circuits to import them.")
                           .arg(unused.join(QStringLiteral(", ")),
                               u'.' + task_endings.join(QStringLiteral(", ."))));
}

void FileDrops::observe(const QString& series, const DroppedFiles& files, QStringList& unused)
{
    for (const QString& other : { files.model, files.configuration })
        if (!other.isEmpty())
            unused << QFileInfo(other).fileName();
    observing_.ask(series, files.task);
}

void FileDrops::begin_run(const DroppedFiles& files)
{
    if (files.configuration.isEmpty()) {
        runs_.ask_for_run({}, std::nullopt, files.model, files.task);
        return;
    }
    reading_.run(
        this, [file = path_of(files.configuration)] { return read_run_config(file); },
        [this, files](const RunConfig& config) {
            runs_.ask_for_run(QFileInfo(files.configuration).completeBaseName(), config,
                files.model, files.task);
        },
        [this](const QString& sentence) { banner_.show_error(sentence); });
}

} // namespace circuitloom::ui
