#pragma once

#include "core/graph/circuit_reach.h"
#include "ui/circuit/circuit_scene.h"

#include <optional>
#include <unordered_set>
#include <vector>

namespace circuitloom::ui {

/// What the user points at, has selected and has pinned.
struct CircuitHighlight
{
    GraphChoice selection; ///< lights up its paths from `input` and to `logits`
    GraphChoice pinned; ///< lights up its paths too, whatever else is lit
    /// Lights up a node with its edges, or an edge: beside the selection's paths, which stay lit,
    /// and not while only `isolated` is shown, of which nothing dims.
    std::optional<NodeOrEdge> hover;
    GraphChoice isolated = {}; ///< what the scene is reduced to; empty for nothing
    bool empty() const { return selection.empty() && pinned.empty() && !hover; }
    bool operator==(const CircuitHighlight&) const = default;
};

/// The edges, with their two ends, that a highlight lifts out of a scene. Where there are none,
/// nothing is lifted out and nothing dims.
class CircuitFocus
{
public:
    /// `depth`, 0…1: how far the rest has dimmed.
    CircuitFocus(const CircuitScene& scene, const CircuitHighlight& highlight, double depth);

    /// True for everything where nothing is lifted out.
    bool lit(EdgeId edge) const { return lit_edges_.empty() || lit_edges_.contains(edge); }
    bool lit(DrawnNodeId node) const { return lit_edges_.empty() || has(lit_nodes_, node); }
    bool selected(EdgeId edge) const { return selected_edges_.contains(edge); }
    bool selected(DrawnNodeId node) const { return has(selected_nodes_, node); }
    bool pinned(DrawnNodeId node) const { return has(pinned_nodes_, node); }
    bool hovered(DrawnNodeId node) const { return hover_ == NodeOrEdge{ node }; }
    bool any() const { return !lit_edges_.empty(); }

    /// How visible something stays, 0…1.
    double opacity(bool is_lit) const;
    /// How far something stands out above its usual look, 0…1.
    double lift(bool is_lit) const;

private:
    static bool has(const std::vector<bool>& nodes, DrawnNodeId node)
    {
        return nodes[static_cast<std::size_t>(node.value)];
    }

    double depth_;
    std::optional<NodeOrEdge> hover_;
    std::unordered_set<EdgeId> lit_edges_;
    std::unordered_set<EdgeId> selected_edges_;
    std::vector<bool> lit_nodes_;
    std::vector<bool> selected_nodes_;
    std::vector<bool> pinned_nodes_;
};

} // namespace circuitloom::ui
