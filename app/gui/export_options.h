#pragma once

#include "app/gui/command_options.h"
#include "core/base/ids.h"
#include "ui/export/export_work.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace circuitloom {

/// What `circuitloom export` was asked for.
struct ExportOptions
{
    QString file;
    QString out;
    RunId run; ///< 0 for the last one
    bool curves_only = false;
    bool sweep_only = false; ///< of all runs, by the value of a setting
    QString swept; ///< that setting; empty for the one with most values
    QStringList measures; ///< as the comparison of runs calls them; empty for the usual ones
    std::optional<bool> swept_scale; ///< whether its axis is logarithmic; by its values if absent
    bool dark = false;
    bool dashes = false; ///< of edges, beside their colours

    int iteration = -1; ///< -1 for the last one
    int from = -1; ///< of a film; -1 for the whole run
    int to = -1;
    std::optional<double> seconds; ///< length of the film: gives the speed

    /// Without a choice a lattice, or layers where there are too many edges for one.
    enum class Layout
    {
        automatic,
        lattice,
        layers,
        dot,
        matrix
    };
    Layout layout = Layout::automatic;
    std::vector<int> folded_layers;
    ui::SceneOptions scene;
    QString selected; ///< names, as the window's search takes them
    QString isolated;
    QString hidden;
    ui::CircuitLook::Reference reference = ui::CircuitLook::Reference::chosen;
    int compared_iteration = 0;
    std::optional<QString> title; ///< the run's name if absent
    ui::ExportSettings settings; ///< but for the range and the title

    QStringList remarks; ///< sentences about options that change nothing here
    bool force = false; ///< replaces whatever `out` names
    bool help = false;
    QString help_text;
};

/// For the manual page and the completions.
CommandReference export_command_reference();

/// Throws InputError with what is wrong and what could be right.
ExportOptions parse_export_options(const QStringList& arguments);

} // namespace circuitloom
