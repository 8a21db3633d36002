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

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Diagnostics)
};

QString schema_of(const QString& file)
{
    if (file.isEmpty())
        return Words::tr("no file is open");
    try {
        return QString::number(schema_version_of(path_of(file)));
    } catch (const Error&) {
        return Words::tr("cannot be read");
    }
}

} // namespace

QString diagnostics_text(
    const ExperimentSession& session, const QString& devices, const QStringList& errors)
{
    QStringList lines{
        Words::tr("Circuitloom %1").arg(QCoreApplication::applicationVersion()),
        Words::tr("Qt %1, built with %2; platform %3")
            .arg(QString::fromLatin1(qVersion()), QString::fromLatin1(QT_VERSION_STR),
                QGuiApplication::platformName()),
        Words::tr("System: %1, kernel %2, %3")
            .arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion(),
                QSysInfo::currentCpuArchitecture()),
        Words::tr("Engine: %1").arg(session.status()),
        Words::tr("Schema of the open file: %1; of this version: %2")
            .arg(schema_of(session.file()), QString::number(schema_version())),
    };
    if (const RunHistory* run = session.current())
        lines << Words::tr("The run that is shown was computed with: %1")
                     .arg(QString::fromStdString(run->summary.description.software));
    if (!devices.isEmpty())
        lines << Words::tr("Devices:") << devices;
    lines << (errors.isEmpty() ? Words::tr("No errors were shown.") : Words::tr("Last errors:"));
    lines << errors;
    QString text = lines.join(u'\n') % u'\n';
    const QString home = QDir::homePath();
    if (home.size() > 1)
        text.replace(home, QStringLiteral("~"));
    return text;
}

} // namespace circuitloom::ui
