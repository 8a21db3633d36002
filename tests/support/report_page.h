#pragma once

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QRegularExpression>
#include <QString>

#include <string>

namespace circuitloom::testing {

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
