#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_marks.h"
#include "ui/timeline/timeline_scale.h"

#include <QRectF>
#include <QString>

#include <vector>

class QFontMetricsF;
class QPainter;

namespace circuitloom::ui {

/// Where things lie on the track, in pixels from its top. Above the line lie what somebody or the
/// run pointed out, and evaluations; below it checkpoints, turnover and its peaks.
namespace track_rows {
inline constexpr double top = 3; ///< of flags and bookmarks
inline constexpr double evaluations = 22;
inline constexpr double loop_top = 27; ///< of the loop's ends, which stand on the line
inline constexpr double line = 38;
inline constexpr double line_width = 4;
inline constexpr double checkpoints = 47;
inline constexpr double bars_top = 52;
inline constexpr double bars_bottom = 62;
inline constexpr double peaks = 64; ///< tips of the triangles that point at large changes
inline constexpr int height = 72;
} // namespace track_rows

/// The label of a flag, and where it begins.
struct FlagLabel
{
    QString text; ///< cut short where there is too little room
    double from = 0;
};

/// The labels of the run's marks beside their flags, those that have room: none lies over another
/// one, or so near a bookmark that it could be taken for its name.
std::vector<FlagLabel> flag_labels(
    const TimelineScale& scale, const TimelineMarks& marks, const QFontMetricsF& metrics);

/// Draws everything that stays as long as the marks, the size and the theme do, on a track that is
/// a margin wider than `scale` at either end.
void draw_marks(
    QPainter& painter, const TimelineScale& scale, const TimelineMarks& marks, const Theme& theme);

/// The place of the tab that marks an end of a loop at `x`; it stands on the line, outside of the
/// loop.
QRectF loop_tab(double x, bool start);

} // namespace circuitloom::ui
