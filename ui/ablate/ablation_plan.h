#pragma once

#include "ui/panels/panel_context.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// What the user chose about the figures.
struct AblationChoices
{
    int items = 50; ///< at most so many of the task's examples, and of each suite's; 0 for all
    int draws = 5; ///< random choices beside it
    bool operator==(const AblationChoices&) const = default;
};

/// The question about the model at `place` without what the names stand for: the run's task by the
/// run's metric, and all its suites unless they are left out, ablated as the run discovers. Nothing
/// where the run names no task.
std::optional<AblationQuestion> ablation_question(const RunHistory& run, const ShownPlace& place,
    const std::vector<std::string>& names, const AblationChoices& choices);

/// One row of figures as the panel lists it.
struct AblationRow
{
    QString measured; ///< the suite and below it the measure, as in "task\nLogit difference"
    QString whole;
    QString without;
    QString change; ///< with its sign
    QString random; ///< mean ± standard deviation of the change by a random choice; empty for none
    QString items;
    bool operator==(const AblationRow&) const = default;
};
/// `run` names the suites.
std::vector<AblationRow> ablation_rows(const AblationAnswer& answer, const RunHistory& run);

/// What the stored scores say of the metric, a sentence; also where they say nothing.
QString expectation(const AblationAnswer& answer);

/// What else there is to know of the figures, a line each: why the scores say nothing, what was left
/// out. May be empty.
QString ablation_remarks(const AblationAnswer& answer, const RunHistory& run);

} // namespace circuitloom::ui
