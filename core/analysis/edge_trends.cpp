#include "core/analysis/edge_trends.h"

#include "core/analysis/edge_courses.h"
#include "core/analysis/rank_correlation.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/graph/edge_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

constexpr double least_correlation = 0.5; // section 11 of the algorithm

std::size_t part_of(int iteration, int parts, std::size_t iterations)
{
    return static_cast<std::size_t>(iteration) * static_cast<std::size_t>(parts) / iterations;
}

} // namespace

EdgeTrends::EdgeTrends(std::vector<int> steps, int parts, int orders, std::uint64_t seed)
    : steps_(std::move(steps))
    , parts_(std::min(parts, static_cast<int>(steps_.size())))
{
    if (parts < 1)
        throw Error("A run has at least one part.");
    if (steps_.empty())
        return;
    const auto count = static_cast<double>(steps_.size());
    for (const int step : steps_)
        mean_step_ += step / count;
    for (const int step : steps_)
        step_squares_ += (step - mean_step_) * (step - mean_step_);
    Random random(seed);
    std::vector<int> order(steps_.size());
    std::iota(order.begin(), order.end(), 0);
    for (int i = 0; i < orders; ++i) {
        random.shuffle(order);
        orders_.push_back(order);
    }
}

void EdgeTrends::add(const Circuit& circuit)
{
    if (added_ >= steps_.size())
        throw Error("A run has more circuits than steps.");
    const double distance = steps_[added_] - mean_step_;
    struct Place
    {
        double distance;
        std::size_t part;
    };
    std::vector<Place> places;
    for (const std::vector<int>& order : orders_) {
        const int iteration = order[added_];
        places.push_back({ steps_[static_cast<std::size_t>(iteration)] - mean_step_,
            part_of(iteration, parts_, steps_.size()) });
    }
    for (const ScoredEdge& scored : circuit) {
        const auto [at, fresh] = places_.try_emplace(scored.edge, edges_.size());
        if (fresh)
            edges_.push_back(
                { scored.edge, 0, 0, std::vector<double>(1 + orders_.size() * width()) });
        Sums& sums = edges_[at->second];
        const auto score = static_cast<double>(scored.score);
        sums.score += score;
        sums.square += score * score;
        sums.of_orders[0] += score * distance;
        double* of_order = sums.of_orders.data() + 1;
        for (const Place& place : places) {
            of_order[0] += score * place.distance;
            of_order[1 + place.part] += score;
            of_order += width();
        }
    }
    ++added_;
}

EdgeTrend EdgeTrends::trend(const Sums& sums, double with_step) const
{
    EdgeTrend found{ sums.edge, 0, 0, EdgeTrend::Kind::none };
    const double squares = sums.square - sums.score * sums.score / static_cast<double>(steps_.size());
    // Rounding leaves a little of what is constant.
    if (step_squares_ <= 0 || squares <= 1e-12 * sums.square)
        return found;
    found.r = std::clamp(with_step / std::sqrt(step_squares_ * squares), -1.0, 1.0);
    found.slope = with_step / step_squares_;
    found.kind = found.r > least_correlation ? EdgeTrend::Kind::strengthened
        : found.r < -least_correlation       ? EdgeTrend::Kind::weakened
                                             : EdgeTrend::Kind::none;
    return found;
}

std::vector<EdgeTrend> EdgeTrends::trends() const
{
    std::vector<EdgeTrend> found;
    found.reserve(edges_.size());
    for (const Sums& sums : edges_)
        found.push_back(trend(sums, sums.of_orders[0]));
    std::ranges::sort(found, [](const EdgeTrend& a, const EdgeTrend& b) {
        return ranks_before(std::abs(a.slope), a.edge, std::abs(b.slope), b.edge);
    });
    return found;
}

TrendCounts EdgeTrends::by_chance() const
{
    TrendCounts counts;
    if (orders_.empty())
        return counts;
    std::vector<double> in_part(static_cast<std::size_t>(parts_));
    for (std::size_t i = 0; i < steps_.size(); ++i)
        in_part[part_of(static_cast<int>(i), parts_, steps_.size())] += 1;
    const double one = 1.0 / static_cast<double>(orders_.size());
    for (const Sums& sums : edges_)
        for (std::size_t order = 0; order < orders_.size(); ++order) {
            const double* of_order = sums.of_orders.data() + 1 + order * width();
            const EdgeTrend::Kind kind = trend(sums, of_order[0]).kind;
            counts.trends_strengthened += kind == EdgeTrend::Kind::strengthened ? one : 0;
            counts.trends_weakened += kind == EdgeTrend::Kind::weakened ? one : 0;
            std::vector<double> means(of_order + 1, of_order + width());
            for (std::size_t part = 0; part < means.size(); ++part)
                means[part] /= in_part[part];
            const Course course = course_of(sizes(std::move(means)));
            counts.courses_strengthened += course == Course::rises ? one : 0;
            counts.courses_weakened += course == Course::falls ? one : 0;
        }
    return counts;
}

} // namespace circuitloom
