#pragma once

#include "core/analysis/study_table.h"
#include "core/run/studies.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// What the reports on studies read alike.

/// The measure of the task that is no faithfulness: that the run's circuits are scored by.
std::string metric_in(const StudyTable& figures);

/// Of the circuits of a transfer, as they lie in the question's file.
CircuitLikeness likeness(const TransferStudy& study, const StudyQuestion& question);

/// Figures of a cross-ablation, of one pair of tasks.
struct CrossAblated
{
    std::optional<double> whole;
    std::optional<double> ablated;
    std::vector<double> random;

    CrossAblated(const StudyTable& figures, const std::string& metric, int source, int target)
        : whole(figures.value({ -1, target, study_series::model, task_suite, metric }))
        , ablated(figures.value({ source, target, study_series::found, task_suite, metric }))
        , random(figures.draws({ source, target, study_series::random, task_suite, metric }))
    {
    }
    std::optional<double> beside_random() const
    {
        return whole && ablated ? change_beside_random(*whole, *ablated, random) : std::nullopt;
    }
};

} // namespace circuitloom
