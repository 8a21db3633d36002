#pragma once

#include <QStringList>

namespace circuitloom {

/// `circuitloom export FILE.loom …`: renders a circuit or the curves without a display. Returns
/// the program's exit code; says on stderr what went wrong. Needs a QApplication.
int run_export_command(const QStringList& arguments);

} // namespace circuitloom
