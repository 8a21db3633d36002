#include "ui/export/export_files.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace circuitloom::ui {

namespace {

using Kind = ExportChoices::Kind;

QString file_name(const QString& text)
{
    QString name = text;
    for (QChar& letter : name) {
        if (!letter.isLetterOrNumber() && letter != u'-' && letter != u'_')
            letter = u'-';
    }
    return name;
}

bool is_numbered_format(const QString& format)
{
    return format.startsWith(u'%');
}

} // namespace

QString folder_for_export(const QString& last)
{
    for (const QString& folder :
        { last, QStandardPaths::writableLocation(QStandardPaths::PicturesLocation) }) {
        if (!folder.isEmpty() && QFileInfo::exists(folder))
            return folder;
    }
    return QDir::homePath();
}

QString proposed_file(const ExportChoices& choices, const std::filesystem::path& experiment,
    const QString& run, int iteration)
{
    const QString& format = choices.format();
    const QString of_file = file_name(QString::fromStdU16String(experiment.stem().u16string()));
    QString name = file_name(run);
    if (!of_file.isEmpty() && of_file.compare(name, Qt::CaseInsensitive) != 0)
        name = of_file + u'-' + name;
    if (choices.kind == Kind::curves)
        name += QStringLiteral("-curves.");
    else if (choices.kind == Kind::run)
        name += QStringLiteral("-run.");
    else if (choices.kind == Kind::film)
        name += is_numbered_format(format) ? QStringLiteral("/") : QStringLiteral("-film.");
    else
        name += QStringLiteral("-iteration-%1.").arg(iteration);
    return QDir::toNativeSeparators(folder_for_export(choices.folder) + u'/' + name + format);
}

QString with_format(const QString& file, const QString& format)
{
    const QFileInfo info(file);
    QString name = info.completeBaseName();
    if (name.endsWith(QStringLiteral(".tracer"), Qt::CaseInsensitive))
        name.chop(7);
    name.remove(QStringLiteral("-%04d")).remove(QStringLiteral("%04d"));
    if (!is_numbered_format(format))
        name += u'.';
    else if (!name.isEmpty())
        name += u'-';
    return info.path() + u'/' + name + format;
}

QString folder_of_export(const QString& file, const ExportChoices& choices)
{
    const bool numbered = choices.kind == Kind::film && is_numbered_format(choices.film_format);
    return QFileInfo(numbered ? QFileInfo(file).path() : file).path();
}

} // namespace circuitloom::ui
