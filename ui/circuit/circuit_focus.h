#pragma once

#include "ui/circuit/circuit_scene.h"

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// What the pointer or the selection lifts out of a scene: a node with its edges and their other
/// ends, or an edge with its two ends. An item without edges in the scene lifts nothing out.
class CircuitFocus
{
public:
    /// `depth`, 0…1: how far the rest has dimmed. Refers to `scene`, which must outlive it.
    CircuitFocus(const CircuitScene& scene, std::optional<NodeOrEdge> item, double depth);

    /// True for everything where nothing is lifted out.
    bool lit(EdgeId edge) const;
    bool lit(DrawnNodeId node) const;

    /// How visible something stays, 0…1.
    double opacity(bool is_lit) const;
    /// How far something stands out above its usual look, 0…1.
    double lift(bool is_lit) const;

private:
    const CircuitScene& scene_;
    std::optional<NodeOrEdge> item_;
    double depth_;
    std::vector<bool> lit_nodes_;
};

} // namespace circuitloom::ui
