#pragma once

#include "ui/compare/compared_run.h"

#include <string>
#include <vector>

namespace circuitloom::ui {

/// One measure of one suite.
struct SuiteMeasure
{
    std::string suite;
    std::string measure;
    bool task = false; ///< of what the run is taught, not of a capability
    bool operator==(const SuiteMeasure&) const = default;
};

/// Those of all runs, of the tasks first.
std::vector<SuiteMeasure> suite_measures(const std::vector<ComparedRun>& runs);

// Not a number where the run has no such figure.
/// At the first evaluation.
double figure_before(const ComparedRun& run, const SuiteMeasure& measure);
/// At the last evaluation up to that step of the run.
double figure_after(const ComparedRun& run, const SuiteMeasure& measure, double until);
/// The same, the mean accuracy of the capabilities.
double mean_accuracy_before(const ComparedRun& run);
double mean_accuracy_after(const ComparedRun& run, double until);

} // namespace circuitloom::ui
