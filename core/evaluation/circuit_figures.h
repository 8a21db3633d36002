#pragma once

#include <optional>
#include <vector>

namespace circuitloom {

/// The figures that judge circuits (algorithm.md, section 6). Plain data; what computes it is in
/// faithfulness.h. m is the task's metric, M the whole model.

/// The two ends of the metric: with every edge, and with none.
struct MetricRange
{
    double whole = 0; ///< m(M)
    double empty = 0; ///< m(∅)

    /// (m − m(∅)) / (m(M) − m(∅)); nothing where the two are equal but for rounding, or where `m`
    /// is not finite.
    std::optional<double> faithfulness(double metric) const;
};

/// One circuit of a ranking: its best int(k · E) edges, less those that are dead.
struct FaithfulnessPoint
{
    double share = 0; ///< k
    int edges = 0; ///< int(k · E)
    int live = 0; ///< of these, on a path from input to logits
    double metric = 0;
    std::optional<double> faithfulness; ///< f(k)
};

struct FaithfulnessCurve
{
    std::vector<FaithfulnessPoint> points;
    std::optional<double> cpr; ///< ∫ f dk: the more, the better; nothing where an f is nothing
    std::optional<double> cmd; ///< ∫ |1 − f| dk: the less, the better
};

/// How far the metric falls back, from m(M) towards m(∅), when one edge of the circuit is taken
/// out; over the edges tried.
struct Minimality
{
    int tried = 0;
    double greatest = 0; ///< drop
    double mean = 0;
    double near_zero = 0; ///< share of the edges whose drop is within 1 % of |m(M) − m(∅)| of 0
};

/// One circuit, judged.
struct CircuitFigures
{
    int edges = 0; ///< dead ones included
    int live = 0;
    double metric = 0; ///< m(C), of the live edges
    std::optional<double> faithfulness;
    double complement = 0; ///< m(M ∖ C): completeness. Near m(∅) where C holds all that counts
    std::optional<double> complement_faithfulness;
    Minimality minimality; ///< over live edges; tried is 0 where it has none or none was asked for
};

} // namespace circuitloom
