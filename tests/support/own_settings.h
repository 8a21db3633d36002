#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QString>

namespace circuitloom::testing {

/// From here on the program's settings are those of a test, kept in `folder`.
inline void keep_settings_in(const QString& folder)
{
    QCoreApplication::setOrganizationName(QStringLiteral("Circuitloom"));
    QCoreApplication::setApplicationName(QStringLiteral("Circuitloom test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder);
}

} // namespace circuitloom::testing
