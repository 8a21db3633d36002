#pragma once

#include "core/report/report.h"

namespace circuitloom::ui {

/// The page's parts that are the same for every report, with the colours of both themes. May be
/// called on any thread.
ReportTemplate report_template();

} // namespace circuitloom::ui
