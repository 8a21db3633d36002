#include "ui/window/theme_choice.h"

#include <QGuiApplication>
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

} // namespace circuitloom::ui
