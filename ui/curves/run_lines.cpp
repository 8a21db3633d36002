#include "ui/curves/run_lines.h"

#include "ui/curves/seed_spread.h"
#include "ui/curves/smoothing.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Curves)
};

/// Its points at their places on the axis; none where they have no place.
template <class Point>
std::vector<Point> placed(std::vector<Point> points, const StepPlaces& places)
{
    if (!places.known())
        return {};
    for (Point& point : points)
        point.step = places.of(point.step);
    return points;
}

} // namespace

std::vector<RunGroup> groups_of(std::span<const PlottedRun> runs, const CurvesView& view)
{
    std::vector<RunGroup> groups;
    for (const PlottedRun& run : runs) {
        const auto found = std::ranges::find_if(groups, [&](const RunGroup& group) {
            return view.seeds != SeedBand::none && run.alike
                && group.runs.front()->alike == run.alike;
        });
        RunGroup& group = found == groups.end()
            ? groups.emplace_back(RunGroup{ run.name, run.color, {}, {} })
            : *found;
        group.runs.push_back(&run);
        group.places.push_back(run.data->places(view.axis.quantity));
    }
    for (RunGroup& group : groups)
        if (group.runs.size() > 1)
            group.name = Words::tr(
                "%1 and %n more seed(s)", nullptr, static_cast<int>(group.runs.size()) - 1)
                             .arg(group.name);
    return groups;
}

PlotLine line_of(const RunGroup& group, const CurveOf& curve, const CurvesView& view)
{
    PlotLine line;
    line.name = group.name;
    line.color = group.color;
    const bool smooth = view.smoothing > 0;
    if (group.runs.size() == 1) {
        const Curve* own = curve(*group.runs.front());
        if (!own)
            return line;
        line.points = placed(*own, group.places.front());
        if (smooth) {
            line.raw = std::move(line.points);
            line.points = smoothed(line.raw, view.smoothing);
        }
        return line;
    }
    std::vector<Curve> all;
    std::vector<Curve> all_raw;
    const StepPlaces* places = nullptr;
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
        const Curve* own = curve(*group.runs[i]);
        if (!own || own->empty())
            continue;
        if (!places)
            places = &group.places[i];
        all.push_back(smooth ? smoothed(*own, view.smoothing) : *own);
        if (smooth)
            all_raw.push_back(*own);
    }
    if (!places)
        return line;
    CurveSpread spread = spread_over(all, view.seeds);
    line.points = placed(std::move(spread.mean), *places);
    line.band = placed(std::move(spread.band), *places);
    if (smooth)
        line.raw = placed(spread_over(all_raw, view.seeds).mean, *places);
    return line;
}

QString band_text(const RunGroup& group, SeedBand band)
{
    const auto seeds = static_cast<int>(group.runs.size());
    if (seeds < 2 || band == SeedBand::none)
        return {};
    return band == SeedBand::deviation
        ? Words::tr("mean of %n seed(s) ± 1 s.d.", nullptr, seeds)
        : Words::tr("mean of %n seed(s), least to greatest", nullptr, seeds);
}

} // namespace circuitloom::ui
