#include "ui/drawing/curve_stroker.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr float smooth_edge = 0.5F; // pixels on both sides of an edge over which it fades

// What of a pixel a strip covers whose middle is `off` away.
float covered(float off, float half_width)
{
    return std::clamp(
        std::min(off + 0.5F, half_width) - std::max(off - 0.5F, -half_width), 0.0F, 1.0F);
}

// Each of a colour's four parts times `share` / 255, two at a time.
QRgb times(QRgb color, unsigned share)
{
    const auto pair = [share](QRgb parts) {
        const QRgb product = parts * share;
        return product + ((product >> 8) & 0xFF00FF) + 0x800080;
    };
    return ((pair(color & 0xFF00FF) >> 8) & 0xFF00FF)
        | (pair((color >> 8) & 0xFF00FF) & 0xFF00FF00);
}

// A straight line, by the distance of points from it, which is positive on one side.
struct Line
{
    float x;
    float y;
    float shift;
    // Through `point`, at right angles to the direction (x, y).
    static Line across(const PathPoint& point, float x, float y)
    {
        return { x, y, x * point.x + y * point.y };
    }
    float distance(float at_x, float at_y) const { return x * at_x + y * at_y - shift; }
};

struct Stroke
{
    QRgb color; ///< premultiplied
    float half_width;
    float length;
    float dash;
    float period;
};

// The part of a curve between two of its points. Neighbours share the line through their common
// point, so each pixel belongs to one of them.
struct Piece
{
    Line middle;
    Line begin; ///< positive within the piece
    Line end; ///< negative within it
    Line along; ///< the distance is the length of the curve up to there
    bool outermost; ///< the curve begins or ends here
};

float cover_of(const Stroke& stroke, const Piece& piece, float x, float y)
{
    if (piece.begin.distance(x, y) < 0 || piece.end.distance(x, y) >= 0)
        return 0;
    float cover = covered(std::abs(piece.middle.distance(x, y)), stroke.half_width);
    if (piece.outermost || stroke.dash > 0) {
        const float along = piece.along.distance(x, y);
        cover *= std::clamp(std::min(along, stroke.length - along) + 0.5F, 0.0F, 1.0F);
        if (stroke.dash > 0) {
            const float turns = (along - stroke.dash / 2) / stroke.period + 0.5F;
            const float off = (turns - std::floor(turns) - 0.5F) * stroke.period;
            cover *= covered(std::abs(off), stroke.dash / 2);
        }
    }
    return cover;
}

} // namespace

CurveStroker::CurveStroker(QImage& target, const QRect& clip)
    : pixels_(reinterpret_cast<QRgb*>(target.bits()))
    , stride_(target.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb)))
    , clip_(clip.intersected(target.rect()))
{
}

void CurveStroker::stroke(const DrawnCurve& curve, double ratio)
{
    if (clip_.isEmpty() || !cut_curve(points_, curve, ratio))
        return;
    const auto scale = static_cast<float>(ratio);
    const Stroke stroke{ qPremultiply(curve.color), curve.width * scale / 2, points_.back().along,
        curve.dash * scale, (curve.dash + curve.gap) * scale };
    const float reach = stroke.half_width + smooth_edge;
    const unsigned opacity = static_cast<unsigned>(qAlpha(curve.color));

    for (std::size_t i = 1; i < points_.size(); ++i) {
        const PathPoint& from = points_[i - 1];
        const PathPoint& to = points_[i];
        const float length = to.along - from.along;
        if (!(length > 1e-4F))
            continue;
        const float x = (to.x - from.x) / length;
        const float y = (to.y - from.y) / length;
        const bool first = i == 1;
        const bool last = i + 1 == points_.size();
        Piece piece{ Line::across(from, -y, x), Line::across(from, from.right_y, -from.right_x),
            Line::across(to, to.right_y, -to.right_x), Line::across(from, x, y), first || last };
        piece.along.shift -= from.along;
        // The smooth edges of the ends lie beyond them.
        if (first)
            piece.begin.shift -= smooth_edge;
        if (last)
            piece.end.shift += smooth_edge;

        // Pixels in short columns (or rows) across the piece, of which `centre` is the middle.
        const bool in_columns = std::abs(x) >= std::abs(y);
        const float slope = in_columns ? y / x : x / y;
        const float half = reach / std::max(std::abs(x), std::abs(y));
        const float from_major = in_columns ? from.x : from.y;
        const float from_minor = in_columns ? from.y : from.x;
        const auto [low, high] = std::minmax(from_major, in_columns ? to.x : to.y);
        const int least = in_columns ? clip_.left() : clip_.top();
        const int most = in_columns ? clip_.right() : clip_.bottom();
        const int least_minor = in_columns ? clip_.top() : clip_.left();
        const int most_minor = in_columns ? clip_.bottom() : clip_.right();
        const auto pixel = [](float at, int lowest, int highest) {
            return static_cast<int>(std::clamp(
                std::floor(at), static_cast<float>(lowest - 1), static_cast<float>(highest + 1)));
        };
        const int end = std::min(pixel(high + reach, least, most), most);
        for (int major = std::max(pixel(low - reach, least, most), least); major <= end; ++major) {
            const float at_major = static_cast<float>(major) + 0.5F;
            const float centre = from_minor + (at_major - from_major) * slope;
            const int stop = std::min(pixel(centre + half, least_minor, most_minor), most_minor);
            for (int minor = std::max(pixel(centre - half, least_minor, most_minor), least_minor);
                 minor <= stop; ++minor) {
                const float at_minor = static_cast<float>(minor) + 0.5F;
                const float cover = in_columns ? cover_of(stroke, piece, at_major, at_minor)
                                               : cover_of(stroke, piece, at_minor, at_major);
                const auto share = static_cast<unsigned>(cover * 255 + 0.5F);
                if (share == 0)
                    continue;
                QRgb& below = in_columns ? pixels_[minor * stride_ + major]
                                         : pixels_[major * stride_ + minor];
                below = times(stroke.color, share)
                    + times(below, 255 - (opacity * share + 127) / 255);
            }
        }
    }
}

} // namespace circuitloom::ui
