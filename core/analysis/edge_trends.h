#pragma once

#include "core/graph/circuit.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// How an edge's score goes with the step over all iterations of a run, 0 at those whose circuit
/// lacks it (algorithm.md, section 11, after arXiv 2502.06106).
struct EdgeTrend
{
    enum class Kind
    {
        none,
        strengthened, ///< r above .5: the score rises
        weakened ///< r below −.5: it falls
    };

    EdgeId edge;
    double r = 0; ///< Pearson's correlation of score and step; 0 where either is constant
    double slope = 0; ///< of the least-squares line, in units of the metric a step
    Kind kind = Kind::none;
};

/// How many edges have a course (edge_courses.h) or a trend.
struct TrendCounts
{
    double courses_strengthened = 0; ///< EdgeCourse::strength rises
    double courses_weakened = 0; ///< it falls
    double trends_strengthened = 0;
    double trends_weakened = 0;
};

/// Gathers the trends over a run's circuits, given one at a time, and what chance gives: the same
/// counts with the iterations' circuits in random orders. That keeps every edge's scores, and how
/// edges go together, and takes away only when what happened. Holds `parts` + 1 numbers for each
/// edge and each order.
class EdgeTrends
{
public:
    /// `steps` are those of all the run's iterations. Throws Error where `parts` is not positive.
    EdgeTrends(std::vector<int> steps, int parts, int orders = 10, std::uint64_t seed = 1);

    /// Throws Error where more circuits come than there are steps.
    void add(const Circuit& circuit);

    /// The steepest first, whichever way; ties by edge number.
    std::vector<EdgeTrend> trends() const;
    /// Means over the random orders.
    TrendCounts by_chance() const;

private:
    struct Sums
    {
        EdgeId edge;
        double score = 0; ///< Σ s
        double square = 0; ///< Σ s²
        /// For the run as it was and then for each order: Σ s (step − mean step), and Σ s in each
        /// part (none of the run as it was).
        std::vector<double> of_orders;
    };

    std::size_t width() const { return static_cast<std::size_t>(parts_) + 1; }
    EdgeTrend trend(const Sums& sums, double with_step) const;

    std::vector<int> steps_;
    int parts_;
    std::vector<std::vector<int>> orders_; ///< at which iteration each one stands
    double mean_step_ = 0;
    double step_squares_ = 0; ///< Σ (step − mean step)²
    std::size_t added_ = 0;
    std::vector<Sums> edges_;
    std::unordered_map<EdgeId, std::size_t> places_;
};

} // namespace circuitloom
