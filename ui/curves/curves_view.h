#pragma once

#include "ui/session/horizontal_axis.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// What one plot, or for each run one, shows.
struct PlotChoice
{
    /// The name of a Measure. A task metric is that of batches and of the held-out task, `accuracy`
    /// without a suite all capabilities.
    std::string measure;
    /// Of this suite, a line for each run; empty for a measure of no suite, or for all suites of
    /// one run.
    std::string suite;
    bool logarithmic = false; ///< its vertical axis
    /// Of measures::item_score: the edge or node, as the graph calls it, "a2.h5" or "m1->a2.h5<q>".
    std::string item = {};
    bool operator==(const PlotChoice&) const = default;
    bool shows_same(const PlotChoice& other) const
    {
        return measure == other.measure && suite == other.suite && item == other.item;
    }
};

/// How runs that differ only in their seed are drawn: each, or as their mean with a band.
enum class SeedBand
{
    none,
    deviation, ///< one standard deviation to either side
    extremes ///< from the least to the greatest
};

/// What the user chose in the curves panel; it is kept with the file.
struct CurvesView
{
    std::vector<PlotChoice> plots; ///< in their order; none for the usual ones
    HorizontalAxis axis;
    double smoothing = 0; ///< weight of what came before, 0…0.99
    SeedBand seeds = SeedBand::none;
    bool apart = false; ///< each run in a plot of its own, on one scale, rather than on one axis
    bool operator==(const CurvesView&) const = default;
};

inline constexpr double most_smoothing = 0.99;

QJsonObject to_json(const CurvesView& view);
/// What of it makes sense: it comes from a file.
CurvesView curves_view_in(const QJsonValue& json);

} // namespace circuitloom::ui
