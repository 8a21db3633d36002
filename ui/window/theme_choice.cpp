#include "ui/window/theme_choice.h"

#include "ui/theme/style_sheet.h"
#include "ui/window/window_style.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QPalette>
#include <QSettings>

namespace circuitloom::ui {

namespace {

const QString key = QStringLiteral("theme");
const QString light = QStringLiteral("light");
const QString dark = QStringLiteral("dark");
const QString system = QStringLiteral("system");

} // namespace

bool desktop_is_dark()
{
    if (qEnvironmentVariable("GTK_THEME").endsWith(QStringLiteral(":dark")))
        return true;
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

ThemeChoice read_theme_choice(const QSettings& settings)
{
    const QString choice = settings.value(key).toString();
    if (choice == light)
        return ThemeChoice::light;
    return choice == dark ? ThemeChoice::dark : ThemeChoice::system;
}

void write_theme_choice(QSettings& settings, ThemeChoice choice)
{
    settings.setValue(key,
        choice == ThemeChoice::light      ? light
            : choice == ThemeChoice::dark ? dark
                                          : system);
}

ThemeSwitch::ThemeSwitch(QActionGroup& actions, QObject* parent)
    : QObject(parent)
    , actions_(actions)
    , desktop_dark_(desktop_is_dark())
{
    connect(&actions_, &QActionGroup::triggered, this, [this](const QAction* action) {
        choose(static_cast<ThemeChoice>(action->data().toInt()));
    });
}

void ThemeSwitch::choose(ThemeChoice choice)
{
    QSettings settings;
    write_theme_choice(settings, choice);
    for (QAction* action : actions_.actions())
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
    const bool dark
        = choice == ThemeChoice::dark || (choice == ThemeChoice::system && desktop_dark_);
    theme_ = ui::theme(dark);
    qApp->setPalette(ui::palette(theme_));
    qApp->setStyleSheet(style_sheet(theme_) + window_style(theme_));
    Q_EMIT changed(theme_);
}

} // namespace circuitloom::ui
