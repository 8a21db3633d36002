#pragma once

#include "ui/curves/curve_plots.h"
#include "ui/export/picture_writer.h"
#include "ui/theme/theme.h"

#include <QString>

namespace circuitloom::ui {

struct CurvePictureOptions
{
    CurvePictureOptions() { page.size = { 1400, 360 }; }

    PageOptions page;
    PictureSharpness sharpness;
    double cursor = -1; ///< a step; negative for no cursor
};

/// Writes the plots of `runs` (the first in full, the others faint) as the window shows them, in
/// the format of the extension: .png, .svg, .pdf, or the data as .csv. Throws InputError for
/// another extension, no runs or an absurd size, ResourceError where the file cannot be written.
void save_curve_picture(const QString& file, const std::vector<PlottedRun>& runs,
    const Theme& theme, const CurvePictureOptions& options);

} // namespace circuitloom::ui
