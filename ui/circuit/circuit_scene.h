#pragma once

#include "core/base/ids.h"
#include "core/graph/circuit.h"
#include "core/graph/computational_graph.h"
#include "core/layout/lattice_layout.h"

#include <array>
#include <cstddef>
#include <memory>
#include <variant>
#include <vector>

namespace circuitloom::ui {

/// Index into LatticeLayout::nodes.
using DrawnNodeId = Id<struct DrawnNodeTag>;
using NodeOrEdge = std::variant<DrawnNodeId, EdgeId>;

/// What an edge's colour says.
enum class ColorMode
{
    change,
    sign,
    kind
};

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
    logits
};
inline constexpr std::size_t hue_count = 12;

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
    double strength = 0; ///< 0…1, √(|score| / the largest |score| shown): drawn width and opacity
    Change change = Change::kept; ///< kept where there is no reference
    HueMix hue{};
    double presence = 1; ///< 0…1 while growing or fading

    bool operator==(const EdgeAppearance&) const = default;
};

/// The plain data of a circuit picture at one moment. Copyable, independent of any widget.
struct CircuitScene
{
    std::shared_ptr<const ComputationalGraph> graph; ///< null where nothing is shown
    std::shared_ptr<const LatticeLayout> layout; ///< null exactly where `graph` is
    ColorMode mode = ColorMode::change;
    bool has_reference = false; ///< the colours compare with another circuit
    double widest = 0; ///< the |score| drawn at full width
    std::vector<EdgeAppearance> edges; ///< ordered by edge number
};

/// |score| must grow or shrink by more than this factor to count as stronger or weaker.
inline constexpr double change_factor = 1.1;

/// The `strongest` edges of `now`, coloured by `mode`. In the change mode they are compared with
/// the whole of `reference` (none where it is empty), and the edges among the reference's
/// strongest that `now` no longer has are shown as left.
CircuitScene scene_of(std::shared_ptr<const ComputationalGraph> graph,
    std::shared_ptr<const LatticeLayout> layout, const Circuit& now, const Circuit& reference,
    int strongest, ColorMode mode);

/// Between `a` (t <= 0) and `b` (t >= 1), both on one graph; on two graphs it is `b`. Edges that
/// both have change width and colour, those that only one has grow or fade.
CircuitScene interpolate(const CircuitScene& a, const CircuitScene& b, double t);

/// For each drawn node how much it belongs to the circuit, 0…1: the presence of its edges, those
/// that left not counted.
std::vector<double> node_presence(const CircuitScene& scene);

/// Index into LatticeLayout::nodes of an edge's ends.
DrawnNodeId source_of(const CircuitScene& scene, EdgeId edge);
DrawnNodeId target_of(const CircuitScene& scene, EdgeId edge);

} // namespace circuitloom::ui
