#pragma once

#include <span>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// What is told from left to right: optimizer steps, iterations, examples or tokens seen, or the
/// seconds that a run has taken (pauses left out).
enum class AxisQuantity
{
    step,
    iteration,
    examples,
    tokens,
    wall_time
};

/// The horizontal axis that the plots and the timeline share.
struct HorizontalAxis
{
    AxisQuantity quantity = AxisQuantity::step;
    /// Places lie at log(1 + place), so that 0, where every run begins, has a place too.
    bool logarithmic = false;
    bool operator==(const HorizontalAxis&) const = default;

    /// Where a place (0 or more, in the quantity's unit) lies along the axis, in units of its own.
    double along(double place) const;
    /// The place that lies there.
    double place_at(double along) const;
};

/// Where the optimizer steps of one run have their places on an axis: steps and places rise
/// together, in straight lines between the run's iterations; before the first and after the last
/// iteration it goes on as between the nearest two.
class StepPlaces
{
public:
    /// One unit a step.
    StepPlaces() = default;
    /// `factor` units a step.
    explicit StepPlaces(double factor);
    /// Pairs of a step and its place; steps rise, places do not fall. Of fewer than two pairs no
    /// place is known.
    explicit StepPlaces(std::vector<std::pair<double, double>> known);

    bool known() const { return knots_.size() >= 2 || knots_.empty(); }
    /// Not a number where no place is known.
    double of(double step) const;
    /// The step whose place that is; of several the first.
    double step_at(double place) const;

private:
    double factor_ = 1;
    std::vector<std::pair<double, double>> knots_; ///< empty where `factor_` counts
};

} // namespace circuitloom::ui
