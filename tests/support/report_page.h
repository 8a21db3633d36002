#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QString>
#include <QStringList>

#include <string>

namespace circuitloom::testing {

/// A name that would end an element, an attribute and a script, and run one, were it not escaped.
inline constexpr const char* hostile_name
    = "</script><script>document.body.id='seized'</script><img src=x "
      "onerror=\"document.body.id='seized'\"> & {{data}} \xE2\x80\xA8";

/// What `circuitloom report` did.
struct ReportRunResult
{
    int code = -1; ///< its exit code; -1 where it did not end by itself
    QByteArray printed;
    QByteArray errors;
};

inline ReportRunResult run_report(const QString& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral(CIRCUITLOOM_GUI_BINARY),
        QStringList{ QStringLiteral("report") } + arguments);
    if (!process.waitForFinished(300'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return { process.exitCode(), process.readAllStandardOutput(),
        process.readAllStandardError() };
}

/// A browser that shows pages without a display; empty where none is installed.
inline QString browser()
{
    for (const char* name : { "chromium", "chromium-browser", "google-chrome" }) {
        const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name));
        if (!found.isEmpty())
            return found;
    }
    return {};
}

/// The page as the browser has it once its script has run. `address` follows the file's name;
/// `folder` is where the browser may keep what it keeps.
inline QByteArray dom_of(const QString& folder, const QString& page, const QString& address)
{
    QProcess process;
    process.start(browser(),
        { QStringLiteral("--headless"), QStringLiteral("--no-sandbox"),
            QStringLiteral("--disable-gpu"), QStringLiteral("--virtual-time-budget=2000"),
            QStringLiteral("--user-data-dir=") + folder + QStringLiteral("/browser"),
            QStringLiteral("--dump-dom"), QStringLiteral("file://") + page + address });
    if (!process.waitForFinished(300'000)) {
        process.kill();
        process.waitForFinished();
    }
    return process.readAllStandardOutput();
}

/// The page's data for its script, as a browser reads it: up to the first end of a script.
inline nlohmann::json report_data(const QByteArray& page)
{
    const QByteArray before = "<script type=\"application/json\" id=\"data\">";
    const qsizetype from = page.indexOf(before) + before.size();
    const qsizetype to = page.indexOf("</script", from);
    return nlohmann::json::parse(page.mid(from, to - from).toStdString());
}

/// What in the page a browser would fetch from elsewhere: attributes and styles that name a place,
/// but those that stay within it.
inline QStringList fetched_by(const QByteArray& page)
{
    static const QRegularExpression places(
        QStringLiteral("(?:\\b(?:src|srcset|href|data|action|poster|background|formaction|ping)"
                       "\\s*=\\s*[\"']?|url\\(\\s*[\"']?|@import\\s*[\"']?)([^\"'\\s>)]+)"),
        QRegularExpression::CaseInsensitiveOption);
    QStringList found;
    auto matches = places.globalMatch(QString::fromUtf8(page));
    while (matches.hasNext()) {
        const QString place = matches.next().captured(1);
        if (!place.startsWith(u'#'))
            found.append(place);
    }
    return found;
}

} // namespace circuitloom::testing
