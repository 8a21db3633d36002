#pragma once

#include "ui/circuit/circuit_geometry.h"
#include "ui/theme/theme.h"

namespace circuitloom::ui {

/// Adds the ports through which edges reach a head's queries, keys and values, with their letters
/// where those can be read; nothing where the ports are one point. `opacity`: of the node, 0…1.
void add_ports(DrawingLayer& layer, const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, DrawnNodeId id, double opacity);

} // namespace circuitloom::ui
