#include "ui/window/theme_choice.h"

#include "ui/theme/style_sheet.h"
#include "ui/theme/text_scale.h"
#include "ui/window/window_style.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QPalette>

namespace circuitloom::ui {

bool desktop_is_dark()
{
    if (qEnvironmentVariable("GTK_THEME").endsWith(QStringLiteral(":dark")))
        return true;
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness()
        < palette.color(QPalette::WindowText).lightness();
}

ThemeSwitch::ThemeSwitch(QActionGroup& actions, PreferenceStore& preferences, QObject* parent)
    : QObject(parent)
    , actions_(actions)
    , preferences_(preferences)
    , desktop_dark_(desktop_is_dark())
{
    connect(&actions_, &QActionGroup::triggered, this, [this](const QAction* action) {
        preferences_.set_theme(static_cast<ThemeChoice>(action->data().toInt()));
    });
    connect(&preferences_, &PreferenceStore::changed, this, [this, before = preferences_.now()](
                                                                const Preferences& now) mutable {
        const bool seen = now.theme != before.theme || now.text_percent != before.text_percent
            || now.edge_dashes != before.edge_dashes;
        before = now;
        if (seen)
            apply();
    });
}

void ThemeSwitch::apply()
{
    const Preferences& now = preferences_.now();
    for (QAction* action : actions_.actions())
        action->setChecked(action->data().toInt() == static_cast<int>(now.theme));
    const bool dark
        = now.theme == ThemeChoice::dark || (now.theme == ThemeChoice::system && desktop_dark_);
    theme_ = ui::theme(dark);
    theme_.scale = now.text_percent / 100.0;
    theme_.dashes = now.edge_dashes;
    // Before the style sheet, which asks for the font.
    set_text_scale(theme_.scale);
    qApp->setPalette(ui::palette(theme_));
    qApp->setStyleSheet(style_sheet(theme_) + window_style(theme_));
    Q_EMIT changed(theme_);
}

} // namespace circuitloom::ui
