#pragma once

#include "core/run/sweep.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace circuitloom::ui {

/// A setting that is to take several values, as it was typed.
struct SweptSetting
{
    std::string setting;
    std::string values;
    bool operator==(const SweptSetting&) const = default;
};

/// What a sweep that is being put together comes to. No widgets.
struct SweepPlan
{
    std::vector<SweepAxis> axes;
    std::vector<RunConfig> runs; ///< empty where something is wrong; one where nothing is swept
    std::map<std::size_t, QString> problems; ///< a sentence for each swept setting that is wrong
    QString problem; ///< of what belongs to none of them; empty for nothing

    /// The first sentence of all; empty where nothing is wrong.
    QString first_problem() const;
};

/// More than these are for the command line, which can spread them over several machines.
inline constexpr std::size_t most_planned_runs = 1000;

/// `edges`: of the graph of the chosen model, where they are known.
SweepPlan plan_sweep(const RunConfig& base, std::span<const SweptSetting> swept, int seeds,
    const std::optional<std::int64_t>& edges);

} // namespace circuitloom::ui
