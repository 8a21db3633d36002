#pragma once

#include "core/graph/circuit.h"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// What became of one edge over a run. Everything is counted in iterations, numbered from 0.
struct EdgeLife
{
    EdgeId edge;
    int first = 0; ///< the first circuit that has it
    int last = 0; ///< the last one that has it
    int life = 0; ///< in how many circuits it is
    int stays = 0; ///< how often it came in, the first time included
    int longest_stay = 0; ///< circuits in a row
    int age = 0; ///< length of its present stay; 0 where the newest circuit lacks it
    int strengthened = 0; ///< windows over which it grew stronger
    int weakened = 0; ///< windows over which it grew weaker
    float first_score = 0; ///< when it came in for the first time
    float last_score = 0; ///< in the last circuit that has it
};

/// Follows every edge through a run's circuits, given one at a time; holds one entry for each edge
/// that was ever in.
///
/// An edge is strengthened (weakened) over the window of the newest `window` circuits where it is
/// in all of them, with a score of one sign, whose size grows (shrinks) from each to the next.
/// Where scores only fluctuate, one edge in window! is strengthened by chance, and as many
/// weakened.
class EdgeLives
{
public:
    /// Throws Error for a window of fewer than 2 circuits.
    explicit EdgeLives(int window);

    /// What the newest circuit shows.
    struct Newest
    {
        int settled = 0; ///< edges that are in every circuit of the window
        int strengthened = 0;
        int weakened = 0;
        double mean_age = 0; ///< 1 for an edge that just came in; 0 for an empty circuit
    };
    Newest add(const Circuit& circuit);

    int window() const { return window_; }
    /// By life, longest first; ties by edge number.
    std::vector<EdgeLife> lives() const;

private:
    struct State
    {
        EdgeLife life;
        int rises = 0; ///< in a row, up to the last circuit that has the edge
        int falls = 0;
    };

    int window_;
    int circuits_ = 0;
    std::unordered_map<EdgeId, State> states_;
};

/// How many of `settled` edges would be strengthened, were the order of each one's sizes random:
/// settled / window!
double strengthened_by_chance(double settled, int window);

} // namespace circuitloom
