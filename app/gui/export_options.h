#pragma once

#include "core/base/ids.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/export/picture_writer.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace circuitloom {

/// What `circuitloom export` was asked for.
struct ExportOptions
{
    /// What the change colours compare with.
    enum class Compared
    {
        previous,
        iteration
    };

    QString file;
    QString out;
    RunId run; ///< 0 for the last one
    bool curves_only = false;
    bool dark = false;

    int iteration = -1; ///< -1 for the last one
    int from = -1; ///< of a film; -1 for the whole run
    int to = -1;
    int frames_per_second = 30;
    double iterations_per_second = 8;
    std::optional<double> seconds; ///< length of the film: gives the speed

    ui::SceneOptions scene;
    Compared compared = Compared::iteration;
    int compared_iteration = 0;

    ui::PageOptions page;
    std::optional<QString> title; ///< the run's name if absent
    bool stamped = true;
    ui::PictureSharpness sharpness;

    bool help = false;
    QString help_text;
};

/// Throws InputError with what is wrong and what could be right.
ExportOptions parse_export_options(const QStringList& arguments);

} // namespace circuitloom
