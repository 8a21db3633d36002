#include "core/report/goals_picture.h"

#include <doctest/doctest.h>

#include <limits>
#include <regex>
#include <vector>

using namespace circuitloom;

namespace {

/// The corners of the front's line.
std::vector<std::pair<double, double>> front_of(const std::string& svg)
{
    const std::regex line("class=\"front\" points=\"([^\"]*)\"");
    std::smatch found;
    REQUIRE(std::regex_search(svg, found, line));
    const std::string points = found[1];
    std::vector<std::pair<double, double>> corners;
    const std::regex corner("([0-9.]+),([0-9.]+)");
    for (std::sregex_iterator at(points.begin(), points.end(), corner), end; at != end; ++at)
        corners.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
    return corners;
}

std::size_t marks_in(const std::string& svg, const std::string& opacity)
{
    const std::regex mark("fill-opacity=\"" + opacity + "\"");
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(svg.begin(), svg.end(), mark), std::sregex_iterator()));
}

} // namespace

TEST_CASE("The front joins the means that no other beats, the better of them higher")
{
    const GoalsPanel panel{ "end", "gained", "kept", false,
        { { "a", 10, 90 }, { "a", 20, 80 }, { "b", 40, 60 }, { "c", 30, 50 } } };
    const std::string svg = goals_picture({ panel });
    CHECK(marks_in(svg, "0.35") == 4);
    CHECK(marks_in(svg, "1.00") == 3 + 3); // in the plot and beside the names
    const auto front = front_of(svg); // a (15, 85) and b; b beats c in both
    REQUIRE(front.size() == 2);
    CHECK(front[0].first < front[1].first);
    CHECK(front[0].second < front[1].second); // y goes down in an SVG
    GoalsPanel lower = panel;
    lower.x_lower = true;
    CHECK(front_of(goals_picture({ lower })).size() == 1); // a has the less of x and the more of y
}

TEST_CASE(
    "A run without a number is counted and not drawn; names are text, whatever stands in them")
{
    const GoalsPanel panel{ "end", "gained", "kept", false,
        { { "<a>", 1, 1 }, { "<a>", 1, std::numeric_limits<double>::quiet_NaN() } } };
    const std::string svg = goals_picture({ panel, { "later", "step", "kept", true, {} } });
    CHECK(marks_in(svg, "0.35") == 1);
    CHECK(svg.find("1 without a number left out") != std::string::npos);
    CHECK(svg.find("<a>") == std::string::npos);
    CHECK(svg.find("&lt;a&gt;") != std::string::npos);
    CHECK(svg.find("nan") == std::string::npos);
}

TEST_CASE("What is written fits into the picture of a single panel")
{
    const GoalsPanel panel{ "at the end", "gained", "kept", false,
        { { "gradient-redrawn", 10, 90 }, { "random-entries", 20, 80 }, { "c", 30, 50 } } };
    const std::string svg = goals_picture({ panel });
    std::smatch size;
    REQUIRE(std::regex_search(svg, size, std::regex("viewBox=\"0 0 ([0-9.]+) ([0-9.]+)\"")));
    // DejaVu Sans's letters are 0.58 of their size wide on average.
    constexpr double letter = 0.58 * 12;
    const std::regex text(
        "<text x=\"([0-9.]+)\" y=\"([0-9.]+)\" text-anchor=\"start\"[^>]*>([^<]*)");
    int texts = 0;
    for (std::sregex_iterator at(svg.begin(), svg.end(), text), end; at != end; ++at, ++texts) {
        CAPTURE((*at)[3].str());
        CHECK(std::stod((*at)[1]) + letter * static_cast<double>((*at)[3].length())
            <= std::stod(size[1]));
        CHECK(std::stod((*at)[2]) < std::stod(size[2]));
    }
    CHECK(texts == 1 + 3 + 2); // title, groups and the two notes
}

TEST_CASE("Means that differ by rounding alone stand side by side in an ordinary picture")
{
    const double near = .1 + .2;
    REQUIRE(near != .3);
    for (const double scale : { 1.0, 1e15, 1e-3 }) {
        CAPTURE(scale);
        const GoalsPanel panel{ "end", "gained", "kept", false,
            { { "a", .3 * scale, near * scale }, { "b", near * scale, .3 * scale } } };
        const std::string svg = goals_picture({ panel });
        CHECK(marks_in(svg, "0.35") == 2);
        CHECK(svg.size() < 20'000); // a few round numbers at each axis
        CHECK(svg.find("nan") == std::string::npos);
    }
}
