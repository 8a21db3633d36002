#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QString>

namespace circuitloom::testing {

/// From here on the program's settings, and what it keeps for all its windows, are those of a test,
/// in `folder`.
inline void keep_settings_in(const QString& folder)
{
    QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setApplicationName(QStringLiteral("Circuitloom test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder);
    qputenv("XDG_CACHE_HOME", QString(folder + QStringLiteral("/cache")).toUtf8());
}

} // namespace circuitloom::testing
