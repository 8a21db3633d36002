#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

/// What something gained and what it kept.
struct TwoGoals
{
    double x = 0;
    double y = 0;
};

/// Which points no other is at least as good as in both goals and better in one, by rising x (of
/// points that are alike, all). `x_lower`, `y_lower`: smaller is better. Points with a value that is
/// not finite are left out.
std::vector<std::size_t> pareto_front(std::span<const TwoGoals> points, bool x_lower, bool y_lower);

} // namespace circuitloom
