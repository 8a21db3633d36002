#include "ui/settings/preference_store.h"

#include <QSettings>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

PreferenceStore::PreferenceStore(QObject* parent)
    : QObject(parent)
    , remembered_(read_preferences(QSettings()))
    , at_start_(remembered_.preferences)
{
}

void PreferenceStore::set(Preferences wanted)
{
    wanted.text_percent = std::clamp(wanted.text_percent, least_text_percent, most_text_percent);
    wanted.threads = std::clamp(wanted.threads, 0, most_threads);
    wanted.model_cache_mb
        = std::clamp(wanted.model_cache_mb, least_model_cache_mb, most_model_cache_mb);
    if (wanted == now())
        return;
    const Preferences before = std::exchange(remembered_.preferences, std::move(wanted));
    QSettings settings;
    write_changes(settings, now(), before);
    Q_EMIT changed(now());
}

void PreferenceStore::change(const std::function<void(Preferences&)>& how)
{
    Preferences wanted = now();
    how(wanted);
    set(std::move(wanted));
}

void PreferenceStore::set_theme(ThemeChoice choice)
{
    change([choice](Preferences& wanted) { wanted.theme = choice; });
}

} // namespace circuitloom::ui
