#pragma once

#include "app/cli/commands/tune_compare.h"
#include "core/report/goals_picture.h"
#include "core/store/experiment_reader.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// How a number stands in the table; a share as percent, whose sign is in the line's name.
struct Format
{
    int decimals = 3;
    bool percent = false;
};

/// One measure of the compared runs: a line of the table.
struct Figure
{
    std::string name;
    Format format;
    bool detail = false; ///< in the JSON alone
    std::optional<double> before; ///< the untouched model's
    /// By method, one value for each run that has one.
    std::map<std::string, std::vector<double>> values;
    std::map<std::string, std::vector<RunId>> runs; ///< those of the values
};

/// Collects the figures of all runs, in the order in which they first come up.
class Figures
{
public:
    void add(const std::string& name, const Format& format, const ComparedRun& run, double value,
        std::optional<double> before = {}, bool detail = false)
    {
        const auto [place, fresh] = index_.try_emplace(name, all_.size());
        if (fresh)
            all_.push_back({ name, format, detail, before, {}, {} });
        all_[place->second].values[run.method].push_back(value);
        all_[place->second].runs[run.method].push_back(run.run);
    }
    const std::vector<Figure>& all() const { return all_; }

private:
    std::vector<Figure> all_;
    std::map<std::string, std::size_t> index_;
};

/// What the runs that reached their end came to: evaluations, when the task was learnt, settings,
/// costs.
Figures figures_of(const ExperimentReader& reader, const std::vector<ComparedRun>& all);

/// The runs' methods, in the order in which they first come up.
std::vector<std::string> methods_in(const std::vector<ComparedRun>& runs);

/// What the task gained and the capabilities kept, at one moment.
struct GoalsReached
{
    std::string moment; ///< as in "at the end"
    GoalsPanel panel;   ///< a point for each run that has both figures
    std::vector<std::string> front; ///< methods whose means no other one beats in both
};

/// At the end by the task's accuracy, or by how near its metric came to zero where that is wanted;
/// where the task was first learnt by how soon that was. A moment without figures is left out.
std::vector<GoalsReached> goals_reached(
    const Figures& figures, const std::vector<std::string>& methods);

} // namespace circuitloom
