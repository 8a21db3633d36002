#pragma once

#include "core/analysis/circuit_filter.h"
#include "core/base/ids.h"
#include "core/graph/circuit.h"
#include "core/graph/circuit_reach.h"
#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"
#include "core/store/stored_certainty.h"

#include <array>
#include <cstddef>
#include <memory>
#include <variant>
#include <vector>

namespace circuitloom::ui {

/// Index into CircuitLayout::nodes.
using DrawnNodeId = Id<struct DrawnNodeTag>;
using NodeOrEdge = std::variant<DrawnNodeId, EdgeId>;

/// The property of an edge that its colour shows.
enum class ColorMode
{
    change,
    sign,
    kind,
    age,
    single,
    certainty,
    sides ///< as change, but neither circuit came first: the scene's is A, its reference another
};

/// How a |score| becomes a width: in proportion, by its root, or by its logarithm, which shows the
/// weakest edges best.
enum class WidthScale
{
    linear,
    root,
    logarithmic
};

/// `share` of the largest |score| (0…1) as drawn, 0…1, rising.
double scaled_width(double share, WidthScale scale);

/// A meaning that has a colour of its own in the theme.
enum class Hue
{
    kept,
    entered,
    stronger,
    weaker,
    left,
    positive,
    negative,
    query,
    key,
    value,
    mlp,
    logits,
    neutral,
    young,
    old,
    single,
    core,
    contingent,
    noise
};
inline constexpr std::size_t hue_count = 19;

/// Shares of hues, summing to 1: while an edge changes its meaning it wears two of them.
using HueMix = std::array<float, hue_count>;

/// How one edge is drawn at one moment.
struct EdgeAppearance
{
    enum class Change
    {
        kept,
        entered,
        left,
        stronger,
        weaker
    };

    EdgeId edge;
    double score = 0; ///< the reference's where the edge left the circuit
    double strength = 0; ///< 0…1, |score| / the largest one shown, scaled: drawn width and opacity;
                         ///< of all edges between its ends where those are drawn as one
    Change change = Change::kept; ///< kept where there is no reference
    HueMix hue{};
    double presence = 1; ///< 0…1 while it fades in or out
    double grown = 1; ///< 0…1: how much of its path is there while it comes in

    bool operator==(const EdgeAppearance&) const = default;
};

/// The plain data of a circuit picture at one moment, independent of any widget.
struct CircuitScene
{
    std::shared_ptr<const ComputationalGraph> graph; ///< null where nothing is shown
    std::shared_ptr<const CircuitLayout> layout; ///< null exactly where `graph` is
    ColorMode mode = ColorMode::change;
    char other = 'B'; ///< what the reference is called in ColorMode::sides
    bool has_reference = false; ///< the colours compare with another circuit
    double widest = 0; ///< the |score| drawn at full width
    WidthScale width = WidthScale::root;
    int oldest = 0; ///< the age that is wholly of the old colour, in iterations
    /// Of the circuit's edges: null where that is not known, empty where it was not resampled.
    std::shared_ptr<const CertainEdges> certain;
    std::vector<EdgeAppearance> edges; ///< ordered by edge number
    GraphChoice switched_off; ///< crossed out where it is shown
};

/// |score| must grow or shrink by more than this factor to count as stronger or weaker.
inline constexpr double change_factor = 1.1;

/// The filter with which a circuit is shown at first: as many edges as the paper draws.
inline CircuitFilter first_filter()
{
    CircuitFilter filter;
    filter.strongest = 35;
    return filter;
}

/// Which edges of a circuit are shown, and what their colours and widths say.
struct SceneOptions
{
    CircuitFilter filter = first_filter();
    ColorMode mode = ColorMode::change;
    char other = 'B'; ///< see CircuitScene
    WidthScale width = WidthScale::root;
    /// For each edge of the circuit how many iterations it has been in without a break; empty
    /// where that is not known, and all count as new.
    std::vector<int> ages;
    /// See CircuitScene.
    std::shared_ptr<const CertainEdges> certain = nullptr;
    GraphChoice isolated; ///< of what the filter shows only its paths; all where it is empty
    GraphChoice hidden; ///< edges, and nodes with all of theirs, that are not shown
    GraphChoice switched_off; ///< edges, and nodes, that are crossed out
    // Nodes and edges of these three ascend.
};

/// The scene of the edges of `now` that the options show, but for those within one drawn node. In
/// the change mode `now` is compared with the whole of `reference` (none where that is empty), and
/// the edges that the filter says have left are shown as such.
CircuitScene scene_of(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const CircuitLayout> layout, const Circuit& now, const Circuit& reference,
    const SceneOptions& options);

/// For each drawn node how much it belongs to the circuit, 0…1: the presence of its edges, those
/// that left not counted.
std::vector<double> node_presence(const CircuitScene& scene);

/// How many of the circuit's edges are shown, those that left not counted.
int edges_shown(const CircuitScene& scene);

/// Index into CircuitLayout::nodes of an edge's ends.
DrawnNodeId source_of(const CircuitScene& scene, EdgeId edge);
DrawnNodeId target_of(const CircuitScene& scene, EdgeId edge);

} // namespace circuitloom::ui
