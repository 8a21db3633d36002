#include "ui/settings/preferences.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <array>
#include <utility>

namespace circuitloom::ui {

namespace {

const QString theme_key = QStringLiteral("theme");
const QString motion_key = QStringLiteral("motion");
const QString edges_key = QStringLiteral("edges");
const QString text_key = QStringLiteral("textPercent");
const QString threads_key = QStringLiteral("threads");
const QString model_cache_key = QStringLiteral("modelCacheMb");
const QString folder_key = QStringLiteral("experimentsFolder");
/// Before motion could follow the desktop: whether it was reduced.
const QString older_motion_key = QStringLiteral("reduceMotion");

constexpr std::array theme_names{ std::pair(ThemeChoice::system, "system"),
    std::pair(ThemeChoice::light, "light"), std::pair(ThemeChoice::dark, "dark") };
constexpr std::array motion_names{ std::pair(Motion::system, "system"),
    std::pair(Motion::full, "full"), std::pair(Motion::reduced, "reduced") };
constexpr std::array edge_names{ std::pair(false, "colour"), std::pair(true, "colour-and-dashes") };

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Preferences)
};

QString cannot_be(const QString& key, const QString& value, const QString& wanted)
{
    return Words::tr(
        "The remembered setting %1 is “%2”, where %3 is expected; it is as usual now.")
        .arg(key, value.left(80), wanted);
}

/// The named one of `names`; as it was, and a problem more, where there is no such name.
template <class Choice, std::size_t count>
void read(const QSettings& settings, const QString& key,
    const std::array<std::pair<Choice, const char*>, count>& names, Choice& choice,
    QStringList& problems)
{
    if (!settings.contains(key))
        return;
    const QString value = settings.value(key).toString();
    QStringList known;
    for (const auto& [one, name] : names) {
        if (value == QLatin1String(name)) {
            choice = one;
            return;
        }
        known << QString::fromLatin1(name);
    }
    problems << cannot_be(key, value, known.join(QStringLiteral(", ")));
}

void read(const QSettings& settings, const QString& key, int least, int most, int& number,
    QStringList& problems)
{
    if (!settings.contains(key))
        return;
    bool whole = false;
    const QString value = settings.value(key).toString();
    const int read = value.toInt(&whole);
    if (whole && read >= least && read <= most)
        number = read;
    else
        problems << cannot_be(
            key, value, Words::tr("a whole number from %1 to %2").arg(least).arg(most));
}

void read_motion(const QSettings& settings, Motion& motion, QStringList& problems)
{
    if (!settings.contains(motion_key) && settings.contains(older_motion_key))
        motion = settings.value(older_motion_key).toBool() ? Motion::reduced : Motion::full;
    read(settings, motion_key, motion_names, motion, problems);
}

void read_folder(const QSettings& settings, QString& folder, QStringList& problems)
{
    const QString value = settings.value(folder_key).toString();
    const QString problem = value.isEmpty() ? QString() : folder_problem(value);
    if (problem.isEmpty())
        folder = value;
    else
        problems << problem % u' ' % Words::tr("Experiments are kept in the usual folder now.");
}

/// As `now`, `before` and the usual value say; see write_changes().
template <class Value>
void write(QSettings& settings, const QString& key, const Value& now, const Value& before,
    const Value& usual)
{
    if (now == before)
        return;
    if (now == usual)
        settings.remove(key);
    else
        settings.setValue(key, now);
}

template <class Choice, std::size_t count>
QString name_of(Choice choice, const std::array<std::pair<Choice, const char*>, count>& names)
{
    return QString::fromLatin1(names.at(static_cast<std::size_t>(choice)).second);
}

} // namespace

RememberedPreferences read_preferences(const QSettings& settings)
{
    RememberedPreferences found;
    Preferences& now = found.preferences;
    read(settings, theme_key, theme_names, now.theme, found.problems);
    read_motion(settings, now.motion, found.problems);
    read(settings, edges_key, edge_names, now.edge_dashes, found.problems);
    read(settings, text_key, least_text_percent, most_text_percent, now.text_percent,
        found.problems);
    read(settings, threads_key, 0, most_threads, now.threads, found.problems);
    read(settings, model_cache_key, least_model_cache_mb, most_model_cache_mb, now.model_cache_mb,
        found.problems);
    read_folder(settings, now.experiments_folder, found.problems);
    return found;
}

void write_changes(QSettings& settings, const Preferences& now, const Preferences& before)
{
    const Preferences usual;
    const auto theme = [](const Preferences& of) { return name_of(of.theme, theme_names); };
    const auto motion = [](const Preferences& of) { return name_of(of.motion, motion_names); };
    const auto edges = [](const Preferences& of) { return name_of(of.edge_dashes, edge_names); };
    write(settings, theme_key, theme(now), theme(before), theme(usual));
    write(settings, motion_key, motion(now), motion(before), motion(usual));
    if (now.motion != before.motion)
        settings.remove(older_motion_key);
    write(settings, edges_key, edges(now), edges(before), edges(usual));
    write(settings, text_key, now.text_percent, before.text_percent, usual.text_percent);
    write(settings, threads_key, now.threads, before.threads, usual.threads);
    write(settings, model_cache_key, now.model_cache_mb, before.model_cache_mb,
        usual.model_cache_mb);
    write(settings, folder_key, now.experiments_folder, before.experiments_folder,
        usual.experiments_folder);
}

QString folder_problem(const QString& folder)
{
    if (!QDir::isAbsolutePath(folder))
        return Words::tr("The folder “%1” has to be a whole path, as in /data/experiments.")
            .arg(folder);
    // The nearest one that exists decides whether the rest can be made.
    QFileInfo nearest(QDir::cleanPath(folder));
    while (!nearest.exists() && !nearest.isRoot())
        nearest.setFile(nearest.path());
    if (!nearest.isDir())
        return Words::tr("“%1” is a file, and no folder.").arg(nearest.filePath());
    if (!nearest.isWritable())
        return Words::tr("The folder “%1” cannot be written to.").arg(nearest.filePath());
    return {};
}

} // namespace circuitloom::ui
