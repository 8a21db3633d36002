#pragma once

#include "core/layout/circuit_writer.h"
#include "ui/curves/curve_plots.h"
#include "ui/export/film_frames.h"
#include "ui/export/picture_writer.h"

#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

class QMimeData;

namespace circuitloom::ui {

/// A run and how it is shown, from which an export starts. Plain values: whatever happens to the
/// window later does not change them.
struct ExportSource
{
    std::filesystem::path file; ///< the experiment
    CircuitOrigin origin; ///< its iteration and step are those below
    std::vector<int> steps; ///< of every iteration
    int iteration = 0; ///< the one that is shown
    CircuitLook look;
    Theme theme;
    CircuitCamera camera;
    QSizeF view; ///< the size of the view that has this camera; empty where there is none
    CircuitHighlight highlight; ///< what is lit up
    std::vector<PlottedRun> curves;
};

struct ExportSettings
{
    PageOptions page; ///< its stamp is made …
    bool stamped = true; ///< … where this is set
    PictureSharpness sharpness;
    FilmScript script;
};

/// The page of `source.iteration`. `scenes` are made of the source.
PicturePage picture_of(
    const ExportSource& source, const ExportSettings& settings, RunScenes& scenes);
/// The page of the curves alone, with the cursor at `source.iteration`, or without one where there
/// is no such iteration.
PicturePage curves_of(const ExportSource& source, const ExportSettings& settings);

/// Writes the circuit of `source.iteration` as the extension says: .png, .svg, .pdf, or its edges
/// as .dot, .json, .graphml, .csv. Throws InputError or ResourceError.
void export_circuit(
    const QString& file, const ExportSource& source, const ExportSettings& settings);
/// Writes the curves as the extension says: .png, .svg, .pdf, or the data as .csv. Throws
/// InputError or ResourceError.
void export_curves(const QString& file, const ExportSource& source, const ExportSettings& settings);
/// A picture for other programs: as a bitmap and as SVG. The clipboard takes the result.
QMimeData* page_for_clipboard(
    const PicturePage& page, const ExportSettings& settings, const CircuitLook& look);
QMimeData* circuit_for_clipboard(const ExportSource& source, const ExportSettings& settings);

/// The content of a film of the source's run.
FilmContent film_of(const ExportSource& source, const ExportSettings& settings);

} // namespace circuitloom::ui
