#pragma once

#include "ui/theme/theme.h"

#include <QObject>

class QActionGroup;
class QSettings;

namespace circuitloom::ui {

enum class ThemeChoice
{
    system,
    light,
    dark
};

/// Whether the desktop asked for dark windows when the program began. Call once, before the
/// program sets a palette of its own.
bool desktop_is_dark();

/// The choice that is remembered; the system's at first.
ThemeChoice read_theme_choice(const QSettings& settings);
void write_theme_choice(QSettings& settings, ThemeChoice choice);

/// Switches the whole program between the themes and remembers the choice.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    /// `actions` choose a theme, one each: data() is a ThemeChoice. They must outlive it.
    explicit ThemeSwitch(QActionGroup& actions, QObject* parent = nullptr);

    const Theme& theme() const { return theme_; }
    /// Palette and style sheet of the application are the theme's from now on.
    void choose(ThemeChoice choice);

Q_SIGNALS:
    void changed(const Theme& theme);

private:
    QActionGroup& actions_;
    bool desktop_dark_;
    Theme theme_;
};

} // namespace circuitloom::ui
