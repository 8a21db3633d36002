#pragma once

#include "ui/settings/preferences.h"

#include <QObject>

#include <functional>

namespace circuitloom::ui {

/// The user's preferences of one window: what was remembered when it was made, and from then on each
/// change, which is remembered at once and told.
class PreferenceStore : public QObject
{
    Q_OBJECT

public:
    explicit PreferenceStore(QObject* parent = nullptr);

    const Preferences& now() const { return remembered_.preferences; }
    /// What the program began with; some of it is in force until it begins anew.
    const Preferences& at_start() const { return at_start_; }
    /// See RememberedPreferences.
    const QStringList& problems() const { return remembered_.problems; }

    /// Numbers out of their range become the nearest that are in it. Where nothing differs, nothing
    /// is told.
    void set(Preferences wanted);
    void change(const std::function<void(Preferences&)>& how);
    void set_theme(ThemeChoice choice);

Q_SIGNALS:
    void changed(const Preferences& now);

private:
    RememberedPreferences remembered_;
    Preferences at_start_;
};

} // namespace circuitloom::ui
