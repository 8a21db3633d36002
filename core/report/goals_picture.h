#pragma once

#include <string>
#include <vector>

namespace circuitloom {

/// One run in two measures.
struct GoalPoint
{
    std::string group; ///< as the runs of one method with several seeds
    double x = 0;
    double y = 0;
};

/// Runs at one moment. More of `y` is better; of `x` too unless `x_lower`.
struct GoalsPanel
{
    std::string title;
    std::string x_name;
    std::string y_name;
    bool x_lower = false;
    std::vector<GoalPoint> points;
};

/// An SVG with the panels side by side: every run as a faint mark, each group's mean as a full one, and
/// the groups whose means no other group beats in both measures (pareto.h) joined by a line. Groups are
/// told apart by colour and by shape. Points that are not finite are left out, and counted in the
/// panel's title.
std::string goals_picture(const std::vector<GoalsPanel>& panels);

} // namespace circuitloom
