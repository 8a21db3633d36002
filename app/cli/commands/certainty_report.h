#pragma once

#include "core/analysis/run_certainty.h"

#include <string>

namespace circuitloom {

/// What `runs --certainty` prints.
std::string certainty_report(const RunCertainty& found);
std::string certainty_report_json(const RunCertainty& found);

} // namespace circuitloom
