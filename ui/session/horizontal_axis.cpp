#include "ui/session/horizontal_axis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace circuitloom::ui {

namespace {

using Knot = std::pair<double, double>;

/// The knot after the piece of the line that `value` belongs to.
template <double Knot::*side>
std::vector<Knot>::const_iterator end_of_piece(const std::vector<Knot>& knots, double value)
{
    const auto after = std::lower_bound(knots.begin(), knots.end(), value,
        [](const Knot& knot, double wanted) { return knot.*side < wanted; });
    return std::clamp(after, knots.begin() + 1, knots.end() - 1);
}

} // namespace

double HorizontalAxis::along(double place) const
{
    return logarithmic ? std::log1p(std::max(place, 0.0)) : place;
}

double HorizontalAxis::place_at(double along) const
{
    return logarithmic ? std::expm1(along) : along;
}

StepPlaces::StepPlaces(double factor)
    : factor_(factor > 0 ? factor : 1)
{
}

StepPlaces::StepPlaces(std::vector<std::pair<double, double>> known)
    : knots_(std::move(known))
{
    if (knots_.empty())
        knots_.emplace_back(0, 0); // so that it is seen that nothing is known
}

double StepPlaces::of(double step) const
{
    if (knots_.empty())
        return step * factor_;
    if (knots_.size() < 2)
        return std::numeric_limits<double>::quiet_NaN();
    const auto to = end_of_piece<&Knot::first>(knots_, step);
    if (to->first == step)
        return to->second;
    const auto from = to - 1;
    const double share = (step - from->first) / (to->first - from->first);
    return std::max(0.0, from->second + share * (to->second - from->second));
}

double StepPlaces::step_at(double place) const
{
    if (knots_.empty())
        return place / factor_;
    if (knots_.size() < 2)
        return 0;
    const auto to = end_of_piece<&Knot::second>(knots_, place);
    const auto from = to - 1;
    if (to->second <= from->second)
        return from->first;
    const double share = (place - from->second) / (to->second - from->second);
    return std::max(0.0, from->first + share * (to->first - from->first));
}

} // namespace circuitloom::ui
