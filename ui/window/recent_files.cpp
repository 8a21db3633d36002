#include "ui/window/recent_files.h"

#include "ui/base/tip_text.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>

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

QStringList RecentFiles::files() const
{
    return QSettings().value(recent_key).toStringList();
}

void RecentFiles::show()
{
    menu_.clear();
    for (const QString& file : files()) {
        if (!QFileInfo::exists(file))
            continue;
        QAction* action = menu_.addAction(QFileInfo(file).fileName());
        action->setData(file);
        action->setToolTip(tip_text(file));
    }
    menu_.setEnabled(!menu_.isEmpty());
}

} // namespace circuitloom::ui
