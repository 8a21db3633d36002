#pragma once

#include "core/layout/circuit_writer.h"
#include "ui/circuit/circuit_scene.h"
#include "ui/theme/theme.h"

#include <QString>

namespace circuitloom::ui {

/// Whether a file's extension means edges rather than a picture: true of .dot, .json and .graphml
/// (and .csv).
bool is_circuit_data(const QString& file);

/// Writes the edges that a scene shows, in the format of the extension; DOT with the scene's
/// colours and widths, edges that left the circuit dotted, the other formats only those in it.
/// Throws ResourceError where the file cannot be written; then there is no half of it.
void save_circuit_data(const QString& file, const CircuitScene& scene, const Theme& theme,
    const CircuitOrigin& origin);

} // namespace circuitloom::ui
