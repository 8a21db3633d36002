#pragma once

#include "app/gui/command_options.h"

#include <QStringList>

namespace circuitloom {

/// For the manual page and the completions.
CommandReference report_command_reference();

/// `circuitloom report FILE.loom …`: writes a report on some runs as one HTML page, without a
/// display. Returns the program's exit code, 130 where it was interrupted; says on stderr what went
/// wrong. Needs a QApplication.
int run_report_command(const QStringList& arguments);

} // namespace circuitloom
