#include "ui/window/diagnostics.h"

#include "core/base/error.h"
#include "core/store/schema.h"
#include "ui/base/file_path.h"
#include "ui/session/experiment_session.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>
#include <QSysInfo>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Diagnostics", text);
}

QString schema_of(const QString& file)
{
    if (file.isEmpty())
        return tr("no file is open");
    try {
        return QString::number(schema_version_of(path_of(file)));
    } catch (const Error&) {
        return tr("cannot be read");
    }
}

} // namespace

QString diagnostics_text(
    const ExperimentSession& session, const QString& devices, const QStringList& errors)
{
    QStringList lines{
        tr("Circuitloom %1").arg(QCoreApplication::applicationVersion()),
        tr("Qt %1, built with %2; platform %3")
            .arg(QString::fromLatin1(qVersion()), QString::fromLatin1(QT_VERSION_STR),
                QGuiApplication::platformName()),
        tr("System: %1, kernel %2, %3")
            .arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion(),
                QSysInfo::currentCpuArchitecture()),
        tr("Engine: %1").arg(session.status()),
        tr("Schema of the open file: %1; of this version: %2")
            .arg(schema_of(session.file()), QString::number(schema_version())),
    };
    if (const RunHistory* run = session.current())
        lines << tr("The run that is shown was computed with: %1")
                     .arg(QString::fromStdString(run->summary.description.software));
    if (!devices.isEmpty())
        lines << tr("Devices:") << devices;
    lines << (errors.isEmpty() ? tr("No errors were shown.") : tr("Last errors:"));
    lines << errors;
    QString text = lines.join(u'\n') % u'\n';
    const QString home = QDir::homePath();
    if (home.size() > 1)
        text.replace(home, QStringLiteral("~"));
    return text;
}

} // namespace circuitloom::ui
