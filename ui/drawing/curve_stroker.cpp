#include "ui/drawing/curve_stroker.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr float smooth_edge = 0.5F; // pixels on both sides of an edge over which it fades
constexpr float shortest_piece = 1e-4F; // pixels

// `share` / 255 of one colour and the rest of another, in all four parts, two at a time.
QRgb blend(QRgb above, QRgb below, unsigned share)
{
    const auto pair = [share](QRgb a, QRgb b) {
        const QRgb sum = a * share + b * (255 - share);
        return sum + ((sum >> 8) & 0xFF00FF) + 0x800080;
    };
    return ((pair(above & 0xFF00FF, below & 0xFF00FF) >> 8) & 0xFF00FF)
        | (pair((above >> 8) & 0xFF00FF, (below >> 8) & 0xFF00FF) & 0xFF00FF00);
}

// How much of a pixel a strip covers whose middle is `off` away.
struct Strip
{
    float most; ///< less than 1 where the strip is thinner than a pixel
    float reach; ///< to where it covers anything
    explicit Strip(float half_width)
        : most(std::min(1.0F, 2 * half_width))
        , reach(half_width + smooth_edge)
    {
    }
    float cover(float off) const { return std::max(std::min(reach - std::abs(off), most), 0.0F); }
};

// A straight line, by the distance of points from it, which is positive on one side. Coordinates
// are counted along the axis that a piece of a curve follows more closely, and across that axis.
struct Line
{
    float along;
    float across;
    float shift;
    float distance(float at_along, float at_across) const
    {
        return along * at_along + across * at_across - shift;
    }
};

struct Box
{
    float left;
    float top;
    float right;
    float bottom;
    bool is_beside(const PathPoint& a, const PathPoint& b) const
    {
        return std::max(a.x, b.x) < left || std::max(a.y, b.y) < top || std::min(a.x, b.x) > right
            || std::min(a.y, b.y) > bottom;
    }
};

struct Stroke
{
    QRgb color; ///< opaque
    float opacity; ///< 0…255
    Strip strip;
    Strip dash;
    float period; ///< of the dashes; 0 for a solid line
    float length;
};

// The part of a curve between two of its points. Neighbours share the line through their common
// point, so each pixel belongs to one of them.
struct Piece
{
    bool by_columns; ///< it follows the x axis more closely than the y axis
    float from_along; ///< its first point
    float from_across;
    float to_along;
    float slope; ///< across, for each pixel along
    Line middle;
    Line begin; ///< positive within the piece
    Line end; ///< negative within it
    Line length; ///< the distance is the length of the curve up to there

    Piece(const PathPoint& from, const PathPoint& to)
    {
        const float distance = to.along - from.along;
        const float x = (to.x - from.x) / distance;
        const float y = (to.y - from.y) / distance;
        by_columns = std::abs(x) >= std::abs(y);
        from_along = by_columns ? from.x : from.y;
        from_across = by_columns ? from.y : from.x;
        to_along = by_columns ? to.x : to.y;
        slope = by_columns ? y / x : x / y;
        middle = line(from, -y, x);
        begin = line(from, from.right_y, -from.right_x);
        end = line(to, to.right_y, -to.right_x);
        length = line(from, x, y);
        length.shift -= from.along;
    }

private:
    // Through `point`, at right angles to the direction (x, y).
    Line line(const PathPoint& point, float x, float y) const
    {
        const float shift = x * point.x + y * point.y;
        return by_columns ? Line{ x, y, shift } : Line{ y, x, shift };
    }
};

// How much of a pixel is covered where the ends of the piece, those of the curve and dashes count.
float cover_of(const Stroke& stroke, const Piece& piece, float along, float across)
{
    if (piece.begin.distance(along, across) < 0 || piece.end.distance(along, across) >= 0)
        return 0;
    float cover = stroke.strip.cover(piece.middle.distance(along, across));
    const float length = piece.length.distance(along, across);
    cover *= std::clamp(std::min(length, stroke.length - length) + smooth_edge, 0.0F, 1.0F);
    if (stroke.period > 0) {
        const float turns = (length - stroke.dash.reach + smooth_edge) / stroke.period + 0.5F;
        cover *= stroke.dash.cover((turns - std::floor(turns) - 0.5F) * stroke.period);
    }
    return cover;
}

struct Axis
{
    int least; ///< pixels that may be painted
    int most;
    qsizetype step; ///< in memory, to the next pixel
};

// The number of the pixel at `place`, or one beyond the axis.
int pixel_at(float place, const Axis& axis)
{
    if (!(place > static_cast<float>(axis.least)))
        return axis.least - 1;
    return place < static_cast<float>(axis.most) + 1 ? static_cast<int>(place) : axis.most + 1;
}

// Goes along the piece in short lines of pixels across it.
void paint(const Piece& piece, const Stroke& stroke, const Axis& along_it, const Axis& across_it,
    QRgb* pixels)
{
    const float reach = stroke.strip.reach;
    const float half = reach / std::abs(piece.middle.across);
    const float begin_margin = half * std::abs(piece.begin.across) + 2 * smooth_edge;
    const float end_margin = half * std::abs(piece.end.across) + 2 * smooth_edge;
    const float low = std::min(piece.from_along, piece.to_along) - reach;
    const float high = std::max(piece.from_along, piece.to_along) + reach;
    const int last = std::min(pixel_at(high, along_it), along_it.most);
    for (int at = std::max(pixel_at(low, along_it), along_it.least); at <= last; ++at) {
        const float along = static_cast<float>(at) + 0.5F;
        const float centre = piece.from_across + (along - piece.from_along) * piece.slope;
        const int first = std::max(pixel_at(centre - half + 0.5F, across_it), across_it.least);
        const int stop = std::min(pixel_at(centre + half - 0.5F, across_it), across_it.most);
        // Most lines of pixels are away from the ends of their piece.
        const bool plain = stroke.period <= 0 && piece.begin.distance(along, centre) > begin_margin
            && piece.end.distance(along, centre) < -end_margin;
        QRgb* pixel = pixels + at * along_it.step + first * across_it.step;
        float across = static_cast<float>(first) + 0.5F;
        for (int k = first; k <= stop; ++k, pixel += across_it.step, across += 1) {
            const float cover = plain ? stroke.strip.cover(piece.middle.distance(along, across))
                                      : cover_of(stroke, piece, along, across);
            // It is not a number where a coordinate is out of all bounds.
            const auto share
                = cover > 0 ? static_cast<unsigned>(cover * stroke.opacity + 0.5F) : 0U;
            *pixel = blend(stroke.color, *pixel, share);
        }
    }
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
    const Stroke stroke{ curve.color | 0xFF000000, static_cast<float>(qAlpha(curve.color)),
        Strip(curve.width * scale / 2), Strip(curve.dash * scale / 2),
        curve.dash > 0 ? (curve.dash + curve.gap) * scale : 0, points_.back().along };
    const float reach = stroke.strip.reach;

    const Box within{ static_cast<float>(clip_.left()) - reach,
        static_cast<float>(clip_.top()) - reach, static_cast<float>(clip_.right()) + 1 + reach,
        static_cast<float>(clip_.bottom()) + 1 + reach };
    for (std::size_t i = 1; i < points_.size(); ++i) {
        const PathPoint& from = points_[i - 1];
        const PathPoint& to = points_[i];
        if (!(to.along - from.along > shortest_piece) || within.is_beside(from, to))
            continue;
        Piece piece(from, to);
        // The smooth edges of the ends lie beyond them.
        if (i == 1)
            piece.begin.shift -= smooth_edge;
        if (i + 1 == points_.size())
            piece.end.shift += smooth_edge;
        if (piece.by_columns)
            paint(piece, stroke, { clip_.left(), clip_.right(), 1 },
                { clip_.top(), clip_.bottom(), stride_ }, pixels_);
        else
            paint(piece, stroke, { clip_.top(), clip_.bottom(), stride_ },
                { clip_.left(), clip_.right(), 1 }, pixels_);
    }
}

} // namespace circuitloom::ui
