#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"

#include <cstddef>
#include <span>
#include <vector>

namespace circuitloom {

/// What Graphviz's dot is asked: where boxes stand in their rows, joined by lines. Plain numbers,
/// so that another process can be asked.
struct DotRequest
{
    struct Box
    {
        int row = 0; ///< from 0, the lowest; none is skipped
        double width = 0; ///< layout units
    };
    struct Line
    {
        int from = 0; ///< index into `boxes`, of a lower row
        int to = 0;
    };
    std::vector<Box> boxes;
    std::vector<Line> lines; ///< no two alike; strongest first
};

/// The boxes' centres from left to right, in layout units, the leftmost edge at 0.
using DotPlaces = std::vector<double>;

/// With its effort bounded Graphviz takes a few seconds for so many lines.
inline constexpr std::size_t most_dot_lines = 1500;

/// The boxes of `base` that the edges touch, one row for each kind of node and layer, so that
/// layers are ranks. Lines that do not rise and those within one box are left out, and all beyond
/// the first `most_dot_lines`: so the edges should come strongest first.
DotRequest dot_request(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges);

/// Runs Graphviz, which takes long on large requests, cannot be stopped, and may not be entered by
/// two threads: meant for a process of its own. Its effort is bounded. Throws ResourceError where
/// Graphviz fails, InputError for a request that does not fit together.
DotPlaces dot_places(const DotRequest& request);

/// Whether that node of dot_layout() stands for all of its layer that no edge touches.
bool is_rest(const DrawnNode& node);

/// `base` with those nodes in the places found for dot_request(graph, base, edges), layers from
/// bottom to top. What no edge touches is folded into one small node of its layer. Throws
/// InputError where the places are not as many as were asked for, or not finite.
CircuitLayout dot_layout(const ComputationalGraph& graph, const CircuitLayout& base,
    std::span<const EdgeId> edges, const DotPlaces& places);

} // namespace circuitloom
