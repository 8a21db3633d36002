#include "core/report/goals_picture.h"

#include "core/analysis/pareto.h"
#include "core/analysis/spread.h"
#include "core/base/number_text.h"
#include "core/base/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace circuitloom {

namespace {

// Pixels, as an SVG's lengths are.
constexpr double panel_width = 440;
constexpr double plot_left = 64;
constexpr double plot_right = 20;
constexpr double plot_top = 44;
constexpr double plot_height = 300;
constexpr double axis_height = 60; // below the plot: numbers and name
constexpr double legend_row = 22;
constexpr double legend_column = 176;
constexpr double note_row = 18;
constexpr double margin_share = 0.08; // of the range that the points take, on each side
constexpr double mark = 6;

// Okabe and Ito's colours, which people who see fewer colours tell apart too; without the yellow,
// which white paper swallows.
constexpr std::array<std::string_view, 7> colors{ "#0072b2", "#d55e00", "#009e73", "#cc79a7",
    "#56b4e9", "#e69f00", "#444444" };
constexpr int shapes = 5;
constexpr std::array<std::string_view, 2> notes{ "Large marks: means; small ones: runs.",
    "Dashed: the means that none beats in both." };

std::string length(double value)
{
    return fixed(value, 1);
}

std::string text_at(
    double x, double y, std::string_view anchor, std::string_view text, std::string_view more = "")
{
    return "<text x=\"" + length(x) + "\" y=\"" + length(y) + "\" text-anchor=\""
        + std::string(anchor) + "\"" + std::string(more) + ">" + xml_text(text) + "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view color)
{
    return "<line x1=\"" + length(x1) + "\" y1=\"" + length(y1) + "\" x2=\"" + length(x2)
        + "\" y2=\"" + length(y2) + "\" stroke=\"" + std::string(color) + "\"/>\n";
}

/// The mark of a group: the next colour for each, and another shape once they are used up.
std::string mark_at(double x, double y, std::size_t group, double size, double opacity)
{
    const std::string paint = " fill=\"" + std::string(colors[group % colors.size()])
        + "\" fill-opacity=\"" + fixed(opacity, 2) + "\"";
    const auto polygon = [&](std::initializer_list<std::array<double, 2>> corners) {
        std::string points;
        for (const auto& [dx, dy] : corners)
            points += length(x + size * dx) + "," + length(y + size * dy) + " ";
        return "<polygon points=\"" + points + "\"" + paint + "/>\n";
    };
    switch (group % shapes) {
    case 1:
        return polygon({ { -.85, -.85 }, { .85, -.85 }, { .85, .85 }, { -.85, .85 } });
    case 2:
        return polygon({ { 0, -1.1 }, { 1, .8 }, { -1, .8 } });
    case 3:
        return polygon({ { 0, -1.2 }, { 1.2, 0 }, { 0, 1.2 }, { -1.2, 0 } });
    case 4:
        return polygon({ { -1, -.8 }, { 1, -.8 }, { 0, 1.1 } });
    default:
        return "<circle cx=\"" + length(x) + "\" cy=\"" + length(y) + "\" r=\"" + length(size)
            + "\"" + paint + "/>\n";
    }
}

/// From the least to the greatest with some room, and the distance of its round numbers.
struct Axis
{
    double low = 0;
    double high = 1;
    double step = 1;
    int decimals = 0;
};

/// Of the values themselves: what is less is their rounding, and no axis could show it.
constexpr double least_range = 1e-9;
constexpr int most_round_numbers = 50;

Axis axis_of(const std::vector<GoalPoint>& points, double GoalPoint::*value)
{
    Axis axis;
    if (points.empty())
        return axis;
    const auto [least, most] = std::ranges::minmax_element(points, {}, value);
    const double size = std::max(std::abs((*least).*value), std::abs((*most).*value));
    const double range = (*most).*value - (*least).*value;
    const double room = margin_share * (range > least_range * size ? range : std::max(1.0, size));
    axis.low = (*least).*value - room;
    axis.high = (*most).*value + room;
    const double rough = (axis.high - axis.low) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double digit = rough / power;
    axis.step = power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    axis.decimals = std::max(0, static_cast<int>(-std::floor(std::log10(axis.step) + 1e-9)));
    return axis;
}

std::vector<double> round_numbers(const Axis& axis)
{
    std::vector<double> found;
    const double first = std::ceil(axis.low / axis.step);
    for (int i = 0; i < most_round_numbers && (first + i) * axis.step <= axis.high; ++i)
        found.push_back((first + i) * axis.step);
    return found;
}

bool is_finite(const GoalPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y);
}

std::vector<std::string> groups_of(const std::vector<GoalsPanel>& panels)
{
    std::vector<std::string> groups;
    for (const GoalsPanel& panel : panels)
        for (const GoalPoint& point : panel.points)
            if (std::ranges::find(groups, point.group) == groups.end())
                groups.push_back(point.group);
    return groups;
}

/// The mean of each group that has a point here.
std::vector<GoalPoint> means_of(
    const std::vector<GoalPoint>& points, const std::vector<std::string>& groups)
{
    std::vector<GoalPoint> means;
    for (const std::string& group : groups) {
        std::vector<double> x, y;
        for (const GoalPoint& point : points)
            if (point.group == group) {
                x.push_back(point.x);
                y.push_back(point.y);
            }
        if (!x.empty())
            means.push_back({ group, spread_of(x).mean, spread_of(y).mean });
    }
    return means;
}

std::string panel_picture(
    const GoalsPanel& panel, double left, const std::vector<std::string>& groups)
{
    std::vector<GoalPoint> points;
    std::ranges::copy_if(panel.points, std::back_inserter(points), is_finite);
    const std::size_t lost = panel.points.size() - points.size();
    const Axis across = axis_of(points, &GoalPoint::x);
    const Axis up = axis_of(points, &GoalPoint::y);
    const double x0 = left + plot_left;
    const double x1 = left + panel_width - plot_right;
    const double y1 = plot_top;
    const double y0 = plot_top + plot_height;
    const auto at_x = [&](double value) {
        return x0 + (value - across.low) / (across.high - across.low) * (x1 - x0);
    };
    const auto at_y
        = [&](double value) { return y0 - (value - up.low) / (up.high - up.low) * (y0 - y1); };
    std::string svg = text_at(x0, plot_top - 18, "start",
        panel.title + (lost > 0 ? " (" + std::to_string(lost) + " without a number left out)" : ""),
        " font-weight=\"bold\"");
    for (const double v : round_numbers(across)) {
        svg += line(at_x(v), y0, at_x(v), y1, "#e4e4e4");
        svg += text_at(at_x(v), y0 + 18, "middle", fixed(v, across.decimals));
    }
    for (const double v : round_numbers(up)) {
        svg += line(x0, at_y(v), x1, at_y(v), "#e4e4e4");
        svg += text_at(x0 - 8, at_y(v) + 4, "end", fixed(v, up.decimals));
    }
    svg += line(x0, y0, x1, y0, "#666666") + line(x0, y0, x0, y1, "#666666");
    svg += text_at((x0 + x1) / 2, y0 + 42, "middle",
        panel.x_name + (panel.x_lower ? " (less is better)" : ""));
    svg += text_at(0, 0, "middle", panel.y_name,
        " transform=\"translate(" + length(left + 16) + " " + length((y0 + y1) / 2)
            + ") rotate(-90)\"");
    const std::vector<GoalPoint> means = means_of(points, groups);
    std::vector<TwoGoals> goals;
    for (const GoalPoint& mean : means)
        goals.push_back({ mean.x, mean.y });
    std::string front;
    for (const std::size_t i : pareto_front(goals, panel.x_lower, false))
        front += length(at_x(goals[i].x)) + "," + length(at_y(goals[i].y)) + " ";
    svg += "<polyline class=\"front\" points=\"" + front
        + "\" fill=\"none\" stroke=\"#888888\" stroke-dasharray=\"5 4\"/>\n";
    const auto group_of = [&](const GoalPoint& point) {
        return static_cast<std::size_t>(std::ranges::find(groups, point.group) - groups.begin());
    };
    for (const GoalPoint& point : points)
        svg += mark_at(at_x(point.x), at_y(point.y), group_of(point), mark * 0.6, 0.35);
    for (const GoalPoint& mean : means)
        svg += mark_at(at_x(mean.x), at_y(mean.y), group_of(mean), mark, 1);
    return svg;
}

} // namespace

std::string goals_picture(const std::vector<GoalsPanel>& panels)
{
    const std::vector<std::string> groups = groups_of(panels);
    const double width = panel_width * static_cast<double>(std::max<std::size_t>(panels.size(), 1));
    const auto columns
        = std::max<std::size_t>(static_cast<std::size_t>((width - plot_left) / legend_column), 1);
    const std::size_t rows = (groups.size() + columns - 1) / columns;
    const double legend_top = plot_top + plot_height + axis_height;
    const double height = legend_top + legend_row * static_cast<double>(rows)
        + note_row * static_cast<double>(notes.size()) + 8;
    const std::string size = length(width) + " " + length(height);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + length(width)
        + "\" height=\"" + length(height) + "\" viewBox=\"0 0 " + size
        + "\" font-family=\"DejaVu Sans, sans-serif\" font-size=\"12\" fill=\"#222222\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
    for (std::size_t i = 0; i < panels.size(); ++i)
        svg += panel_picture(panels[i], panel_width * static_cast<double>(i), groups);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const std::size_t row = g / columns;
        const double x = plot_left + legend_column * static_cast<double>(g % columns);
        const double y = legend_top + legend_row * static_cast<double>(row);
        svg += mark_at(x, y, g, mark, 1) + text_at(x + 14, y + 4, "start", groups[g]);
    }
    // Each fits below one panel.
    double note_y = legend_top + legend_row * static_cast<double>(rows) + 4;
    for (const std::string_view note : notes) {
        svg += text_at(plot_left, note_y, "start", note, " fill=\"#666666\"");
        note_y += note_row;
    }
    return svg + "</svg>\n";
}

} // namespace circuitloom
