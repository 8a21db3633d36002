#include "ui/compare/run_scatter.h"

#include "core/analysis/pareto.h"

#include <cmath>

namespace circuitloom::ui {

RunScatter scatter_of(const std::vector<ComparedRun>& runs, Grouping grouping, const RunColumn& x,
    const RunColumn& y, const std::optional<Match>& match)
{
    RunScatter scatter;
    scatter.x = x;
    scatter.y = y;
    std::vector<TwoGoals> means;
    const QStringList names = names_of(runs);
    for (const ComparedGroup& compared : groups_of(runs, grouping)) {
        ScatterGroup group;
        group.name = compared.name;
        group.color = runs[compared.members.front()].color;
        for (const std::size_t i : compared.members) {
            const ComparedRun& run = runs[i];
            const double until
                = match ? first_step_at(run, match->column, match->reached) : at_the_end;
            const double of_x = std::isnan(until) ? until : x.value(run, until);
            const double of_y = std::isnan(until) ? until : y.value(run, until);
            const QString& name = names[static_cast<qsizetype>(i)];
            if (!std::isfinite(of_x) || !std::isfinite(of_y)) {
                scatter.left_out << name;
                continue;
            }
            group.runs.push_back({ run.summary.id, name, of_x, of_y, run.shown });
            group.x += of_x;
            group.y += of_y;
        }
        if (group.runs.empty())
            continue;
        group.x /= static_cast<double>(group.runs.size());
        group.y /= static_cast<double>(group.runs.size());
        means.push_back({ group.x, group.y });
        scatter.groups.push_back(std::move(group));
    }
    if (x.better != Better::neither && y.better != Better::neither)
        scatter.front = pareto_front(means, x.better == Better::lower, y.better == Better::lower);
    return scatter;
}

} // namespace circuitloom::ui
