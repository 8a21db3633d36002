#pragma once

#include <QString>
#include <QStringList>

class QSettings;

namespace circuitloom::ui {

enum class ThemeChoice
{
    system,
    light,
    dark
};

enum class Motion
{
    system, ///< as the desktop says
    full,
    reduced ///< nothing slides or grows
};

/// What the user has chosen for the program as a whole, whichever file is open.
struct Preferences
{
    ThemeChoice theme = ThemeChoice::system;
    Motion motion = Motion::system;
    bool edge_dashes = false; ///< edges differ by their dashes, and not by colour alone
    int text_percent = 100; ///< of the desktop's size of texts, least_text_percent … most_text_percent
    int threads = 0; ///< that the engine computes with; 0 for as many as the machine has
    int model_cache_mb = 1024; ///< MB of weights that answering questions may keep in memory
    QString experiments_folder; ///< absolute; empty for the usual one

    bool operator==(const Preferences&) const = default;
};

inline constexpr int least_text_percent = 80;
inline constexpr int most_text_percent = 200;
inline constexpr int most_threads = 1024;
inline constexpr int least_model_cache_mb = 16;
inline constexpr int most_model_cache_mb = 1 << 20;

struct RememberedPreferences
{
    Preferences preferences;
    QStringList problems; ///< a sentence for each that was remembered and cannot be
};

/// What is remembered. A value that was never chosen, or that cannot be, is the usual one.
RememberedPreferences read_preferences(const QSettings& settings);
/// Writes what differs, so that another window's choices stay. What is as usual is not written but
/// forgotten, so that it follows what a later version takes as usual.
void write_changes(QSettings& settings, const Preferences& now, const Preferences& before);

/// Why the folder cannot hold experiments, in a sentence; empty where it can, or can be made.
QString folder_problem(const QString& folder);

} // namespace circuitloom::ui
