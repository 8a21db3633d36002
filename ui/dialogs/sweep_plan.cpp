#include "ui/dialogs/sweep_plan.h"

#include "core/base/error.h"
#include "ui/dialogs/form_sentence.h"
#include "ui/dialogs/setting_use.h"

#include <QCoreApplication>

#include <algorithm>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(SweepPlan)
};

/// Puts a sentence of core/run beside the setting that it begins with, if it is one of the swept.
void add_problem(SweepPlan& plan, std::span<const SweptSetting> swept, const std::string& sentence)
{
    const std::string first = sentence.substr(0, sentence.find(' '));
    const auto last = std::find_if(swept.rbegin(), swept.rend(),
        [&](const SweptSetting& one) { return one.setting == first; });
    if (last == swept.rend())
        plan.problem = form_sentence(sentence);
    else
        plan.problems[static_cast<std::size_t>(swept.rend() - last - 1)] = form_sentence(sentence);
}

std::size_t count(std::span<const SweepAxis> axes, int seeds)
{
    auto runs = static_cast<std::size_t>(seeds);
    for (const SweepAxis& axis : axes)
        runs *= std::min(axis.values.size(), most_planned_runs + 1); // does not overflow in between
    return runs;
}

/// A value that the model's graph has no room for.
QString too_many_edges(const std::vector<RunConfig>& runs, std::int64_t edges)
{
    for (const RunConfig& run : runs)
        if (run.selection.n > edges && why_unused("circuit.top_n", run).isEmpty())
            return Words::tr(
                "“%1” is %2 in one of the runs, but the graph of this model has %3 edges; choose "
                "at most that many.")
                .arg(setting_title("circuit.top_n"))
                .arg(run.selection.n)
                .arg(edges);
    return {};
}

} // namespace

QString SweepPlan::first_problem() const
{
    return problems.empty() ? problem : problems.begin()->second;
}

SweepPlan plan_sweep(const RunConfig& base, std::span<const SweptSetting> swept, int seeds,
    const std::optional<std::int64_t>& edges)
{
    SweepPlan plan;
    for (std::size_t i = 0; i < swept.size(); ++i) {
        try {
            plan.axes.push_back(sweep_axis(swept[i].setting, swept[i].values));
        } catch (const InputError& error) {
            plan.problems[i] = form_sentence(error.what());
        }
    }
    if (!plan.problems.empty())
        return plan;
    if (swept.empty() && seeds <= 1) {
        plan.runs = { base };
        return plan;
    }
    if (count(plan.axes, seeds) > most_planned_runs) {
        plan.problem = Words::tr("The sweep has more than %1 runs; give it fewer values or seeds.")
                           .arg(most_planned_runs);
        return plan;
    }
    try {
        for (SweepRun& run : sweep_runs(base, plan.axes, seeds))
            plan.runs.push_back(std::move(run.config));
    } catch (const InputError& error) {
        add_problem(plan, swept, error.what());
        return plan;
    }
    for (std::size_t i = 0; i < swept.size(); ++i) {
        const std::string& setting = swept[i].setting;
        const bool used = std::ranges::any_of(plan.runs,
            [&](const RunConfig& run) { return why_unused(setting, run).isEmpty(); });
        if (!used)
            plan.problems[i]
                = Words::tr("“%1” would make no difference. %2")
                      .arg(setting_title(setting), why_unused(setting, plan.runs.front()));
        else if (setting == "circuit.top_n" && edges)
            if (const QString sentence = too_many_edges(plan.runs, *edges); !sentence.isEmpty())
                plan.problems[i] = sentence;
    }
    if (!plan.problems.empty())
        plan.runs.clear();
    return plan;
}

} // namespace circuitloom::ui
