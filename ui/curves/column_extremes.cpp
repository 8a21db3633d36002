#include "ui/curves/column_extremes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// The points seen, and `beside` more at each end, from which and to which the line goes.
template <class Point>
std::span<const Point> seen_of(
    std::span<const Point> curve, const PixelColumns& pixels, std::ptrdiff_t beside)
{
    const auto before = [](const Point& point, double place) { return point.step < place; };
    const auto after = [](double place, const Point& point) { return place < point.step; };
    const auto from = std::lower_bound(curve.begin(), curve.end(), pixels.first, before);
    const auto to = std::upper_bound(from, curve.end(), pixels.last, after);
    return { from - std::min(beside, from - curve.begin()),
        to + std::min(beside, curve.end() - to) };
}

/// Calls use(points) with those of each column in turn, which has any.
template <class Point, class Use>
void for_each_column(std::span<const Point> seen, const PixelColumns& pixels, const Use& use)
{
    auto from = seen.begin();
    for (int column = 0; column <= pixels.columns + 1 && from != seen.end(); ++column) {
        // Beyond the last column lies the rest; what lies before the first begins it.
        const double end = pixels.begin_of(column);
        auto to = from;
        if (column > pixels.columns)
            to = seen.end();
        else
            while (to != seen.end() && to->step < end)
                ++to;
        if (to != from)
            use(std::span<const Point>(from, to));
        from = to;
    }
}

void add_column(Curve& thin, std::span<const CurvePoint> column, const PixelColumns& pixels)
{
    const CurvePoint* first = nullptr;
    const CurvePoint* last = nullptr;
    const CurvePoint* least = nullptr;
    const CurvePoint* greatest = nullptr;
    const CurvePoint* gap = nullptr;
    for (const CurvePoint& point : column) {
        if (!pixels.has_place(point.value)) {
            gap = &point;
            continue;
        }
        if (!first)
            first = least = greatest = &point;
        last = &point;
        if (point.value < least->value)
            least = &point;
        if (point.value > greatest->value)
            greatest = &point;
    }
    std::array<const CurvePoint*, 5> kept{ first, least, greatest, last, gap };
    std::ranges::sort(kept);
    const CurvePoint* before = nullptr;
    for (const CurvePoint* point : kept) {
        if (point && point != before)
            thin.push_back(point == gap ? CurvePoint{ point->step, nothing } : *point);
        before = point;
    }
}

bool few(std::size_t points, const PixelColumns& pixels)
{
    return points <= static_cast<std::size_t>(std::max(pixels.columns, 1));
}

} // namespace

double PixelColumns::begin_of(int column) const
{
    const double from = axis.along(first);
    const double to = axis.along(last);
    return axis.place_at(from + (to - from) * column / std::max(columns, 1));
}

bool PixelColumns::has_place(double value) const
{
    return std::isfinite(value) && value > floor;
}

Curve column_extremes(std::span<const CurvePoint> curve, const PixelColumns& pixels)
{
    const std::span<const CurvePoint> seen = seen_of(curve, pixels, 1);
    Curve thin;
    if (few(seen.size(), pixels)) {
        thin.assign(seen.begin(), seen.end());
        for (CurvePoint& point : thin)
            if (!pixels.has_place(point.value))
                point.value = nothing; // a gap
        return thin;
    }
    for_each_column(
        seen, pixels, [&](std::span<const CurvePoint> column) { add_column(thin, column, pixels); });
    return thin;
}

Curve lone_points(std::span<const CurvePoint> curve, const PixelColumns& pixels)
{
    Curve lone;
    const auto has_place = [&](std::size_t i) {
        return i < curve.size() && pixels.has_place(curve[i].value);
    };
    const std::span<const CurvePoint> seen = seen_of(curve, pixels, 0);
    const auto from = static_cast<std::size_t>(seen.data() - curve.data());
    bool before = has_place(from - 1);
    bool here = has_place(from);
    for (std::size_t i = from; i < from + seen.size(); ++i) {
        const bool after = has_place(i + 1);
        if (here && !before && !after)
            lone.push_back(curve[i]);
        before = here;
        here = after;
    }
    if (few(lone.size(), pixels))
        return lone;
    Curve thin;
    for_each_column(std::span<const CurvePoint>(lone), pixels, [&](auto column) {
        const auto [least, greatest]
            = std::ranges::minmax_element(column, {}, &CurvePoint::value);
        const auto [earlier, later] = std::minmax(least, greatest);
        thin.push_back(*earlier);
        if (later != earlier)
            thin.push_back(*later);
    });
    return thin;
}

std::vector<BandPoint> column_extremes(std::span<const BandPoint> band, const PixelColumns& pixels)
{
    const std::span<const BandPoint> seen = seen_of(band, pixels, 1);
    if (few(seen.size(), pixels))
        return { seen.begin(), seen.end() };
    std::vector<BandPoint> thin;
    for_each_column(seen, pixels, [&](std::span<const BandPoint> column) {
        thin.push_back({ column.back().step, std::ranges::min(column, {}, &BandPoint::low).low,
            std::ranges::max(column, {}, &BandPoint::high).high });
    });
    return thin;
}

} // namespace circuitloom::ui
