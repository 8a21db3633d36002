#include "ui/window/recent_files.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QStringList>

namespace circuitloom::ui {

namespace {

const QString recent_key = QStringLiteral("recent");
constexpr int most_files = 10;

} // namespace

RecentFiles::RecentFiles(QMenu& menu, QObject* parent)
    : QObject(parent)
    , menu_(menu)
{
    menu_.setToolTipsVisible(true);
    connect(&menu_, &QMenu::triggered, this,
        [this](const QAction* action) { Q_EMIT chosen(action->data().toString()); });
    show();
}

void RecentFiles::remember(const QString& file)
{
    QSettings settings;
    QStringList files = settings.value(recent_key).toStringList();
    files.removeAll(file);
    files.prepend(file);
    settings.setValue(recent_key, files.mid(0, most_files));
    show();
}

void RecentFiles::show()
{
    menu_.clear();
    for (const QString& file : QSettings().value(recent_key).toStringList()) {
        if (!QFileInfo::exists(file))
            continue;
        QAction* action = menu_.addAction(QFileInfo(file).fileName());
        action->setData(file);
        action->setToolTip(file);
    }
    menu_.setEnabled(!menu_.isEmpty());
}

} // namespace circuitloom::ui
