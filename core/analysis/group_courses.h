#pragma once

#include "core/graph/circuit.h"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// What a group of edges (one, or all of a node) is in one circuit.
struct GroupPresence
{
    double score = 0; ///< sum of its edges' scores, in units of the metric
    double strength = 0; ///< sum of their sizes
    double share = 0; ///< `strength` as a share of the whole circuit's, 0…1
    int edges = 0; ///< how many of the group the circuit has
    int rank = 0; ///< of its strongest edge, from 1; 0 where it has none
    bool operator==(const GroupPresence&) const = default;
};

/// Iterations without a break in which a group has an edge, both included.
struct GroupStay
{
    int first = 0;
    int last = 0;
    bool operator==(const GroupStay&) const = default;
};

/// Follows groups of edges through a run's circuits, given one at a time.
class GroupCourses
{
public:
    explicit GroupCourses(std::vector<std::vector<EdgeId>> groups);

    /// The next iteration's circuit, strongest edge first.
    void add(const Circuit& circuit);

    std::size_t groups() const { return courses_.size(); }
    /// How many circuits were added.
    int iterations() const { return iterations_; }
    /// One for each circuit.
    const std::vector<GroupPresence>& course(std::size_t group) const { return courses_[group]; }
    std::vector<GroupStay> stays(std::size_t group) const;

private:
    std::unordered_map<EdgeId, std::vector<std::size_t>> groups_of_;
    std::vector<std::vector<GroupPresence>> courses_;
    int iterations_ = 0;
};

} // namespace circuitloom
