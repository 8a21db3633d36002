#include "core/analysis/edge_courses.h"

#include "core/analysis/rank_correlation.h"

#include "core/base/error.h"
#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace circuitloom {

namespace {

double greatest_size(const EdgeCourse& course)
{
    double greatest = 0;
    for (const double mean : course.means)
        greatest = std::max(greatest, std::abs(mean));
    return greatest;
}

} // namespace

Course course_of(std::span<const double> values)
{
    if (values.size() < 3)
        return Course::none;
    const auto ordered = [values](auto before) {
        return std::ranges::adjacent_find(values, [&before](double a, double b) {
            return !before(a, b);
        }) == values.end();
    };
    return ordered(std::less{})   ? Course::rises
        : ordered(std::greater{}) ? Course::falls
                                  : Course::none;
}

EdgeCourses::EdgeCourses(int iterations, int parts)
    : iterations_(iterations)
    , parts_(std::min(iterations, parts))
{
    if (parts < 1)
        throw Error("A run has at least one part.");
}

void EdgeCourses::add(const Circuit& circuit)
{
    if (added_ >= iterations_)
        throw Error("A run has more circuits than iterations.");
    // Part p begins at iteration ⌈p · iterations / parts⌉, where this quotient first reaches it.
    const auto part
        = static_cast<std::size_t>(static_cast<std::int64_t>(added_) * parts_ / iterations_);
    for (const ScoredEdge& scored : circuit) {
        std::vector<double>& sums = sums_[scored.edge];
        sums.resize(static_cast<std::size_t>(parts_));
        sums[part] += scored.score;
    }
    ++added_;
}

std::vector<int> EdgeCourses::part_starts() const
{
    std::vector<int> starts;
    for (std::int64_t part = 0; part < parts_; ++part)
        starts.push_back(static_cast<int>((part * iterations_ + parts_ - 1) / parts_));
    return starts;
}

std::vector<EdgeCourse> EdgeCourses::courses() const
{
    std::vector<int> starts = part_starts();
    starts.push_back(iterations_);
    std::vector<EdgeCourse> found;
    found.reserve(sums_.size());
    for (const auto& [edge, sums] : sums_) {
        EdgeCourse course{ edge, sums, Course::none, Course::none };
        for (std::size_t part = 0; part < sums.size(); ++part)
            course.means[part] /= starts[part + 1] - starts[part];
        course.score = course_of(course.means);
        course.strength = course_of(sizes(course.means));
        found.push_back(std::move(course));
    }
    std::ranges::sort(found, [](const EdgeCourse& a, const EdgeCourse& b) {
        return ranks_before(greatest_size(a), a.edge, greatest_size(b), b.edge);
    });
    return found;
}

} // namespace circuitloom
