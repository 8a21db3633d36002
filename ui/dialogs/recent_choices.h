#pragma once

#include <QString>
#include <QStringList>

namespace circuitloom::ui {

/// What kind of file a dialog asked for.
enum class RecentKind
{
    model,
    task,
    suite
};

/// The files and directories that were last chosen and are still there, the latest first, at most
/// eight. Kept in the settings.
QStringList recent_choices(RecentKind kind);
/// Takes an absolute path among them; anything else is ignored.
void remember_choice(RecentKind kind, const QString& path);
/// Where to look for the next one: beside the latest. Empty for anywhere.
QString recent_folder(RecentKind kind);

} // namespace circuitloom::ui
