#pragma once

#include "core/graph/supernode.h"
#include "core/layout/circuit_writer.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/theme/theme.h"

#include <QString>

#include <vector>

namespace circuitloom::ui {

/// Whether a file's name means edges rather than a picture: true of .dot, .json, .graphml and .csv.
bool is_circuit_data(const QString& file);

/// Whether it means JSON of circuit-tracer: true of .tracer.json.
bool is_attribution_graph(const QString& file);

/// Writes the edges that a scene shows, in the format of the file's name; DOT with the scene's
/// colours and widths, edges that left the circuit dotted, the other formats only those in it.
/// `supernodes` are for circuit-tracer.
/// Throws ResourceError where the file cannot be written; then there is no half of it.
void save_circuit_data(const QString& file, const CircuitScene& scene, const Theme& theme,
    const CircuitOrigin& origin, const std::vector<Supernode>& supernodes = {});

} // namespace circuitloom::ui
