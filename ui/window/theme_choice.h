#pragma once

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

/// As remembered; the system's at first.
ThemeChoice read_theme_choice(const QSettings& settings);
void write_theme_choice(QSettings& settings, ThemeChoice choice);

} // namespace circuitloom::ui
