#include "core/report/final_figures.h"

#include "core/analysis/run_figures.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "core/run/seed_groups.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace circuitloom {

namespace {

using Groups = std::vector<std::vector<std::size_t>>;
using ValueOf = std::function<std::optional<double>(const ReportRun&)>;

Groups groups_of(const std::vector<ReportRun>& runs)
{
    std::vector<RepeatedRun> repeated;
    for (const ReportRun& run : runs)
        repeated.push_back({ run.config ? &*run.config : nullptr,
            run.summary.description.model_fingerprint });
    return same_but_for_seed(repeated);
}

/// Nothing where it is not known.
std::optional<double> known(std::optional<double> value)
{
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<Spread> spread_over(
    const std::vector<ReportRun>& runs, const std::vector<std::size_t>& group, const ValueOf& of)
{
    std::vector<double> values;
    for (const std::size_t run : group)
        if (const auto value = known(of(runs[run])))
            values.push_back(*value);
    return values.empty() ? std::nullopt : std::optional(spread_of(values));
}

class Gathered
{
public:
    explicit Gathered(const std::vector<ReportRun>& runs)
        : runs_(runs)
        , found_{ groups_of(runs), {} }
    {
        for (std::size_t i = 0; i < runs.size(); ++i)
            all_.push_back(i);
    }

    void add(FinalFigure figure, const ValueOf& before, const ValueOf& after)
    {
        figure.before = spread_over(runs_, all_, before);
        const ValueOf change = [&](const ReportRun& run) -> std::optional<double> {
            const auto first = known(before(run));
            const auto last = known(after(run));
            return first && last ? std::optional(*last - *first) : std::nullopt;
        };
        for (const auto& group : found_.groups) {
            figure.after.push_back(spread_over(runs_, group, after));
            const auto changes = spread_over(runs_, group, change);
            figure.change.push_back(changes ? std::optional(changes->mean) : std::nullopt);
        }
        if (std::ranges::any_of(
                figure.after, [](const auto& one) { return one.has_value(); }))
            found_.figures.push_back(std::move(figure));
    }

    void add_of_run(const Measure& measure, std::string title, const ValueOf& value)
    {
        add({ {}, std::move(title), measure, {}, {}, {} },
            [](const ReportRun&) { return std::nullopt; }, value);
    }

    FinalFigures take() { return std::move(found_); }

private:
    const std::vector<ReportRun>& runs_;
    FinalFigures found_;
    std::vector<std::size_t> all_;
};

std::optional<BeforeAndAfter> evaluated(
    const ReportRun& run, const std::string& suite, const std::string& measure)
{
    for (const BeforeAndAfter& pair : before_and_after(run.evaluations))
        if (pair.before.suite == suite && pair.before.measure == measure)
            return pair;
    return std::nullopt;
}

void add_evaluations(Gathered& figures, const std::vector<ReportRun>& runs, bool of_task)
{
    std::vector<std::pair<std::string_view, std::string_view>> known;
    for (const ReportRun& run : runs) {
        for (const EvaluationRecord& record : run.evaluations) {
            const std::pair<std::string_view, std::string_view> key(record.suite, record.measure);
            const Measure measure = measure_of(record.suite, record.measure);
            if ((record.suite == task_suite) != of_task || measure.detail
                || std::ranges::find(known, key) != known.end())
                continue;
            known.push_back(key);
            const auto value = [&record](EvaluationRecord BeforeAndAfter::*end) {
                return [&record, end](const ReportRun& of) -> std::optional<double> {
                    const auto pair = evaluated(of, record.suite, record.measure);
                    return pair ? std::optional(((*pair).*end).value) : std::nullopt;
                };
            };
            figures.add({ record.suite, std::string(measure.title), measure, {}, {}, {} },
                value(&BeforeAndAfter::before), value(&BeforeAndAfter::after));
        }
    }
}

std::optional<double> mean_turnover(const ReportRun& run)
{
    std::vector<double> shares;
    for (const IterationRecord& one : run.iterations)
        if (one.index.value > 0 && one.edges > 0)
            shares.push_back(turnover(one));
    return shares.empty() ? std::nullopt : std::optional(spread_of(shares).mean);
}

} // namespace

FinalFigures final_figures(const std::vector<ReportRun>& runs)
{
    Gathered figures(runs);
    add_evaluations(figures, runs, true);
    add_evaluations(figures, runs, false);
    figures.add_of_run(measures::loss, "Loss of the last batch",
        [](const ReportRun& run) { return run.summary.last_loss; });
    figures.add_of_run(measures::tunable_ratio, "Tunable ratio, mean",
        [](const ReportRun& run) {
            return is_imported(run.summary.description) ? std::nullopt
                                                        : mean_tunable_ratio(run.iterations);
        });
    figures.add_of_run(measures::turnover, "Turnover, mean", mean_turnover);
    Measure steps = measures::tunable_count; // a whole number
    figures.add_of_run(steps, "Steps taken",
        [](const ReportRun& run) -> std::optional<double> {
            if (is_imported(run.summary.description))
                return std::nullopt;
            return run.summary.steps_done;
        });
    figures.add_of_run(steps, "Iterations",
        [](const ReportRun& run) { return std::optional<double>(run.summary.iterations); });
    return figures.take();
}

} // namespace circuitloom
