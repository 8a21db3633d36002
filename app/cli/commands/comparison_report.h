#pragma once

#include "core/analysis/run_comparison.h"

#include <string>

namespace circuitloom {

/// Two runs side by side: what they were, their last circuits' difference, their circuits at the
/// same steps, and every suite before and after in both.
std::string comparison_report(const RunComparison& runs);
/// The same with every step and edge, as a JSON object.
std::string comparison_report_json(const RunComparison& runs);

} // namespace circuitloom
