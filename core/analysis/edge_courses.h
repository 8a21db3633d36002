#pragma once

#include "core/graph/circuit.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace circuitloom {

/// Which way a series goes, where each value is beyond the one before it.
enum class Course
{
    none, ///< neither, or fewer than three values
    rises,
    falls
};
Course course_of(std::span<const double> values);

/// One edge's mean score in each part of a run, 0 for an iteration whose circuit lacks it. A mean
/// over many batches shows what single circuits hide in their noise.
struct EdgeCourse
{
    EdgeId edge;
    std::vector<double> means; ///< in units of the metric
    Course score = Course::none; ///< of the means
    Course strength = Course::none; ///< of their sizes: rises where the edge is strengthened
};

/// Gathers the courses over a run's circuits, given one at a time; holds `parts` numbers for each
/// edge that was ever in.
class EdgeCourses
{
public:
    /// A run of so many iterations in equal parts (up to one iteration), at most one part an
    /// iteration. Throws Error where `parts` is not positive.
    EdgeCourses(int iterations, int parts);

    /// Throws Error where more circuits come than there are iterations.
    void add(const Circuit& circuit);

    /// The first iteration of each part.
    std::vector<int> part_starts() const;
    /// The edge with the greatest size in any part first; ties by edge number.
    std::vector<EdgeCourse> courses() const;

private:
    int iterations_;
    int parts_;
    int added_ = 0;
    std::unordered_map<EdgeId, std::vector<double>> sums_;
};

} // namespace circuitloom
