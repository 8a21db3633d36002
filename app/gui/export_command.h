#pragma once

#include <QStringList>

namespace circuitloom {

/// `circuitloom export FILE.loom …`: renders a circuit, the curves or a film without a display.
/// Returns the program's exit code, 130 where it was interrupted; says on stderr what went wrong.
/// Needs a QApplication.
int run_export_command(const QStringList& arguments);

} // namespace circuitloom
