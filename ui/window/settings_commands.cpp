#include "ui/window/settings_commands.h"

#include "ui/settings/settings_dialog.h"
#include "ui/window/error_banner.h"
#include "ui/window/window_actions.h"

#include <QAction>

#include <algorithm>
#include <array>

namespace circuitloom::ui {

namespace {

/// Per cent; the keys go from one to the next.
constexpr std::array text_sizes{ 80, 90, 100, 110, 125, 150, 175, 200 };
static_assert(text_sizes.front() == least_text_percent && text_sizes.back() == most_text_percent);

} // namespace

SettingsCommands::SettingsCommands(QWidget& window, PreferenceStore& preferences,
    const QString& usual_folder, const WindowActions& actions, ErrorBanner& banner)
    : QObject(&window)
    , window_(window)
    , preferences_(preferences)
    , actions_(actions)
{
    connect(actions.settings, &QAction::triggered, this,
        [this, usual_folder] { open_page(usual_folder); });
    connect(actions.larger_text, &QAction::triggered, this, [this] { change_text(1); });
    connect(actions.smaller_text, &QAction::triggered, this, [this] { change_text(-1); });
    connect(actions.usual_text, &QAction::triggered, this, [this] {
        preferences_.change([](Preferences& wanted) { wanted.text_percent = 100; });
    });
    connect(&preferences_, &PreferenceStore::changed, this, &SettingsCommands::show_state);
    show_state();
    if (!preferences_.problems().isEmpty())
        banner.show_error(preferences_.problems().join(u' '));
}

void SettingsCommands::open_page(const QString& usual_folder)
{
    SettingsDialog(preferences_, usual_folder, &window_).exec();
}

void SettingsCommands::change_text(int direction)
{
    preferences_.change([direction](Preferences& wanted) {
        if (direction > 0) {
            const auto next = std::ranges::upper_bound(text_sizes, wanted.text_percent);
            wanted.text_percent = next == text_sizes.end() ? text_sizes.back() : *next;
        } else {
            const auto next = std::ranges::lower_bound(text_sizes, wanted.text_percent);
            wanted.text_percent = next == text_sizes.begin() ? text_sizes.front() : *(next - 1);
        }
    });
}

void SettingsCommands::show_state()
{
    const int size = preferences_.now().text_percent;
    actions_.larger_text->setEnabled(size < most_text_percent);
    actions_.smaller_text->setEnabled(size > least_text_percent);
    actions_.usual_text->setEnabled(size != 100);
}

} // namespace circuitloom::ui
