#include "ui/dialogs/recent_choices.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace circuitloom::ui {

namespace {

constexpr int most = 8;

QString key_of(RecentKind kind)
{
    switch (kind) {
    case RecentKind::model:
        return QStringLiteral("recentModels");
    case RecentKind::task:
        return QStringLiteral("recentTasks");
    case RecentKind::suite:
        break;
    }
    return QStringLiteral("recentSuites");
}

} // namespace

QStringList recent_choices(RecentKind kind)
{
    QStringList there;
    for (const QString& path : QSettings().value(key_of(kind)).toStringList())
        if (QFileInfo::exists(path))
            there << path;
    return there;
}

void remember_choice(RecentKind kind, const QString& path)
{
    if (!QFileInfo(path).isAbsolute())
        return;
    QSettings settings;
    QStringList paths = settings.value(key_of(kind)).toStringList();
    const QString clean = QDir::cleanPath(path);
    paths.removeAll(clean);
    paths.prepend(clean);
    settings.setValue(key_of(kind), paths.mid(0, most));
}

QString recent_folder(RecentKind kind)
{
    const QStringList paths = recent_choices(kind);
    return paths.isEmpty() ? QString() : QFileInfo(paths.front()).path();
}

} // namespace circuitloom::ui
