#include "ui/session/waiting_runs.h"

#include "core/base/error.h"
#include "core/run/run_in_processes.h"
#include "ui/base/whole_file.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <algorithm>

namespace circuitloom::ui {

namespace {

// Of a note. The configuration is a text: JSON's numbers would not hold every seed.
const QString experiment_key = QStringLiteral("experiment"); // for whoever finds the note
const QString configuration_key = QStringLiteral("configuration");
const QString run_key = QStringLiteral("run"); // one to go on with
const QString sweep_key = QStringLiteral("sweep"); // true for a run of one
const QString processes_key = QStringLiteral("processes"); // that share it, where several do
const QString observes_key = QStringLiteral("observes"); // true for checkpoints of others
const QString watches_key = QStringLiteral("watches"); // true where further ones are awaited
const QString begun_end = QStringLiteral(".begun.json");
constexpr qint64 longest_note = 1 << 20;

QStringList notes_in(const QString& folder)
{
    return QDir(folder).entryList({ QStringLiteral("*.json") }, QDir::Files, QDir::Name);
}

/// Throws InputError.
QueuedRun read_note(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        throw InputError(file.errorString().toStdString());
    const QJsonObject note = QJsonDocument::fromJson(file.read(longest_note)).object();
    QueuedRun run;
    run.config = run_config_from_json(note.value(configuration_key).toString().toStdString());
    if (note.contains(run_key))
        run.goes_on = RunId{ note.value(run_key).toInteger() };
    run.of_sweep = note.value(sweep_key).toBool();
    run.processes = std::clamp(note.value(processes_key).toInt(1), 1, most_processes);
    run.observes = note.value(observes_key).toBool();
    run.watches = note.value(watches_key).toBool();
    run.note = name;
    return run;
}

} // namespace

WaitingRuns::WaitingRuns(const QString& folder)
    : folder_(folder)
{
}

QString WaitingRuns::folder_of(const QString& experiment) const
{
    const QFileInfo file(experiment);
    // Whichever way it was opened.
    const QString path = file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
    const QByteArray name
        = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    return QDir(folder_).filePath(QString::fromLatin1(name));
}

WaitingRuns::Found WaitingRuns::of(const QString& experiment) const
{
    Found found;
    const QDir folder(folder_of(experiment));
    for (const QString& name : notes_in(folder.path())) {
        const QString path = folder.filePath(name);
        try {
            found.runs.push_back(read_note(path));
        } catch (const Error& error) {
            found.unreadable << QCoreApplication::translate(
                "WaitingRuns", "A run that waited cannot be read from %1: %2")
                                    .arg(path, QString::fromStdString(error.what()));
        }
    }
    return found;
}

void WaitingRuns::add(const QString& experiment, std::span<QueuedRun> runs) const
{
    const QDir folder(folder_of(experiment));
    // Numbered, so that the names' order is that of waiting; of two programs that note a run at
    // the same moment neither takes the other's name.
    const QStringList before = notes_in(folder.path());
    int number = before.isEmpty() ? 0 : before.last().section(u'-', 0, 0).toInt();
    folder.mkpath(QStringLiteral(".")); // the writing says what is wrong
    for (QueuedRun& run : runs) {
        QJsonObject note{ { experiment_key, experiment },
            { configuration_key, QString::fromStdString(to_json(run.config)) } };
        if (run.goes_on)
            note.insert(run_key, qint64{ run.goes_on->value });
        if (run.of_sweep)
            note.insert(sweep_key, true);
        if (run.observes)
            note.insert(observes_key, true);
        if (run.watches)
            note.insert(watches_key, true);
        if (run.processes > 1)
            note.insert(processes_key, run.processes);
        const QString name = folder.filePath(QStringLiteral("%1-%2.json")
                                                 .arg(++number, 6, 10, QChar(u'0'))
                                                 .arg(QUuid::createUuid().toString(QUuid::Id128)));
        try {
            write_whole_file(name, QJsonDocument(note).toJson());
        } catch (const Error& failure) {
            throw ResourceError(QCoreApplication::translate("WaitingRuns",
                "The run waits, but only until the program ends. %1")
                                    .arg(QString::fromUtf8(failure.what()))
                                    .toStdString());
        }
        run.note = name;
    }
}

QString WaitingRuns::mark_begun(const QString& note)
{
    if (note.endsWith(begun_end))
        return note;
    const QString name = note.chopped(QStringLiteral(".json").size()) + begun_end;
    return QFile::rename(note, name) ? name : QString();
}

void WaitingRuns::forget(const QString& experiment) const
{
    QDir(folder_of(experiment)).removeRecursively();
}

void WaitingRuns::move(const QString& from, const QString& to) const
{
    const QString old_folder = folder_of(from);
    const QString new_folder = folder_of(to);
    if (old_folder == new_folder)
        return;
    QDir(new_folder).removeRecursively();
    if (QDir(old_folder).exists() && !QDir().rename(old_folder, new_folder))
        throw ResourceError(QCoreApplication::translate(
            "WaitingRuns", "The runs that wait cannot be moved from %1 to %2.")
                                .arg(old_folder, new_folder)
                                .toStdString());
}

} // namespace circuitloom::ui
