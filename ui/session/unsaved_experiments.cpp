#include "ui/session/unsaved_experiments.h"

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "ui/base/file_path.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <optional>
#include <vector>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(UnsavedExperiments)
};

/// Nothing where the file cannot be read: then nobody trains into it either.
std::vector<RunSummary> runs_of(const QString& file)
{
    try {
        return ExperimentReader(path_of(file)).runs();
    } catch (const Error&) {
        return {};
    }
}

/// Throws InputError.
void require_idle(const QString& file)
{
    if (std::ranges::any_of(runs_of(file), is_under_way, &RunSummary::state))
        throw InputError(
            Words::tr("A run is being trained into %1; stop it first.").arg(file).toStdString());
}

/// Throws ResourceError.
void delete_files(const QString& file)
{
    if (QFile one(file); one.exists() && !one.remove())
        throw ResourceError(
            Words::tr("%1 cannot be deleted: %2.").arg(file, one.errorString()).toStdString());
    for (const char* suffix : { "-wal", "-shm" })
        QFile::remove(file + QString::fromLatin1(suffix));
}

} // namespace

UnsavedExperiments::UnsavedExperiments(
    const QString& folder, const WaitingRuns& notes, QObject* parent)
    : QObject(parent)
    , folder_(folder)
    , notes_(notes)
{
}

std::function<void(const QString&)> UnsavedExperiments::tell()
{
    return [this](const QString& sentence) { Q_EMIT failed(sentence); };
}

void UnsavedExperiments::name(const QString& from, const QString& to)
{
    if (QFileInfo(from) == QFileInfo(to))
        return;
    thread_.run(
        this,
        [from, to, notes = notes_] {
            require_idle(from);
            copy_experiment(path_of(from), path_of(to), true);
            notes.move(from, to);
            delete_files(from);
        },
        [this, from, to] { Q_EMIT named(from, to); }, tell());
}

void UnsavedExperiments::remove(const QString& file)
{
    thread_.run(
        this,
        [file, notes = notes_] {
            require_idle(file);
            notes.forget(file);
            delete_files(file);
        },
        [this, file] { Q_EMIT deleted(file); }, tell());
}

void UnsavedExperiments::add(const QString& resource, const QString& name)
{
    const QString file = QFileInfo(QDir(folder_).filePath(name)).absoluteFilePath();
    thread_.run(
        this,
        [resource, file, folder = folder_] {
            if (QFileInfo::exists(file))
                return;
            QFile from(resource);
            QSaveFile to(file);
            if (!QDir().mkpath(folder) || !from.open(QIODevice::ReadOnly)
                || !to.open(QIODevice::WriteOnly) || to.write(from.readAll()) != from.size()
                || !to.commit())
                throw ResourceError(Words::tr("%1 cannot be written: %2.")
                                        .arg(file, to.errorString())
                                        .toStdString());
        },
        [this, file] { Q_EMIT added(file); }, tell());
}

} // namespace circuitloom::ui
