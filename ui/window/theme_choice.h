#pragma once

#include "ui/settings/preference_store.h"
#include "ui/theme/theme.h"

#include <QObject>

class QActionGroup;

namespace circuitloom::ui {

/// Whether the desktop asked for dark windows when the program began. Call once, before the
/// program sets a palette of its own.
bool desktop_is_dark();

/// Gives the whole program the theme, the size of texts and the dashes that the user prefers.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    /// `actions` choose a theme, one each: data() is a ThemeChoice. Both must outlive it.
    ThemeSwitch(QActionGroup& actions, PreferenceStore& preferences, QObject* parent = nullptr);

    const Theme& theme() const { return theme_; }
    /// Palette, style sheet and font of the application are as preferred from now on.
    void apply();

Q_SIGNALS:
    void changed(const Theme& theme);

private:
    QActionGroup& actions_;
    PreferenceStore& preferences_;
    bool desktop_dark_;
    Theme theme_;
};

} // namespace circuitloom::ui
