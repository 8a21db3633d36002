#include "app/cli/commands/tune_comparison_figures.h"

#include "core/analysis/pareto.h"
#include "core/analysis/spread.h"
#include "core/base/measure.h"
#include "core/run/run_config.h"
#include "core/run/run_measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace circuitloom {

namespace {

constexpr Format share{ measures::accuracy.decimals, true };
constexpr Format whole{ 0 };
constexpr Format tenths{ 1 };

Format format_of(const Measure& measure)
{
    return { measure.decimals, measure.notation == Notation::percent };
}

constexpr std::string_view gained_name = "task prefers the target (%)";
constexpr std::string_view distance_name = "task metric, distance from zero";
constexpr std::string_view kept_name = "capabilities, mean accuracy (%)";
constexpr std::string_view kept_then_name = "capabilities then (%)";

bool is_capability_accuracy(const EvaluationRecord& record)
{
    return record.suite != task_suite && record.measure == measures::accuracy.name;
}

// The mean accuracy of the capabilities at one step.
std::optional<double> capabilities_at(const std::vector<EvaluationRecord>& evaluations, int step)
{
    std::vector<double> values;
    for (const EvaluationRecord& record : evaluations)
        if (record.step == step && is_capability_accuracy(record))
            values.push_back(record.value);
    return values.empty() ? std::nullopt : std::optional(spread_of(values).mean);
}

void add_evaluations(
    Figures& figures, const std::vector<EvaluationRecord>& evaluations, const ComparedRun& run)
{
    const int first = evaluations.front().step;
    const int last = evaluations.back().step;
    for (const bool task : { true, false })
        for (const EvaluationRecord& end : evaluations) {
            if (end.step != last || (end.suite == task_suite) != task)
                continue;
            std::optional<double> before;
            for (const EvaluationRecord& start : evaluations)
                if (start.step == first && start.suite == end.suite && start.measure == end.measure)
                    before = start.value;
            const Measure measure = measure_named(end.measure);
            const Format format = format_of(measure);
            figures.add(end.suite + " " + table_name(end.suite, end.measure)
                    + (format.percent ? " (%)" : ""),
                format, run, end.value, before, measure.detail);
        }
    if (const auto after = capabilities_at(evaluations, last))
        figures.add(std::string(kept_name), share, run, *after,
            capabilities_at(evaluations, first));
}

// Where the task was learnt, and what was left of the rest there.
void add_marks(Figures& figures, const ExperimentReader& reader, const ComparedRun& run,
    const std::vector<EvaluationRecord>& evaluations)
{
    for (const MarkRecord& mark : reader.marks(run.run)) {
        if (!mark.label.starts_with("task reaches"))
            continue;
        figures.add(mark.label + " at step", whole, run, mark.step);
        if (const auto then = capabilities_at(evaluations, mark.step))
            figures.add(std::string(kept_then_name), share, run, *then);
    }
}

// Where a penalty drives the metric to zero, how far it is from that; and the learning rates where
// they differ between methods.
void add_settings(
    Figures& figures, const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    std::vector<RunConfig> configs;
    for (const ComparedRun& run : runs)
        configs.push_back(run_config_from_json(reader.run(run.run).description.configuration));
    const bool same_rates = std::ranges::all_of(configs, [&](const RunConfig& config) {
        return config.learning_rate == configs.front().learning_rate;
    });
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Measure metric = measure_of(configs[i].discovery.metric);
        std::vector<double> sizes;
        for (const EvaluationRecord& record : reader.evaluations(runs[i].run))
            if (record.suite == task_suite && record.measure == metric.name)
                sizes.push_back(std::abs(record.value));
        if (configs[i].metric_penalty > 0 && !sizes.empty())
            figures.add(std::string(distance_name), format_of(metric), runs[i], sizes.back(),
                sizes.front());
        if (!same_rates)
            figures.add("learning rate", { 4 }, runs[i], configs[i].learning_rate);
    }
}

} // namespace

Figures figures_of(const ExperimentReader& reader, const std::vector<ComparedRun>& all)
{
    std::vector<ComparedRun> runs;
    std::ranges::copy_if(all, std::back_inserter(runs),
        [](const ComparedRun& run) { return run.failure.empty(); });
    Figures figures;
    for (const ComparedRun& run : runs) {
        const auto evaluations = reader.evaluations(run.run);
        if (!evaluations.empty()) {
            add_evaluations(figures, evaluations, run);
            add_marks(figures, reader, run, evaluations);
        }
    }
    add_settings(figures, reader, runs);
    for (const ComparedRun& run : runs) {
        std::vector<double> ratios;
        for (const IterationRecord& iteration : reader.iterations(run.run))
            ratios.push_back(iteration.tunable_ratio);
        figures.add("parameters that may change, mean (%)", share, run, spread_of(ratios).mean);
        figures.add("steps", whole, run, reader.run(run.run).steps_done);
        figures.add("time per step (ms)", tenths, run, 1000 * run.seconds_per_step);
        figures.add("peak memory of the process (MiB)", tenths, run,
            static_cast<double>(run.peak_bytes) / (1 << 20));
    }
    return figures;
}

std::vector<std::string> methods_in(const std::vector<ComparedRun>& runs)
{
    std::vector<std::string> methods;
    for (const ComparedRun& run : runs)
        if (std::ranges::find(methods, run.method) == methods.end())
            methods.push_back(run.method);
    return methods;
}

namespace {

const Figure* named(const Figures& figures, std::string_view name)
{
    const auto found = std::ranges::find(figures.all(), name, &Figure::name);
    return found == figures.all().end() ? nullptr : &*found;
}

std::vector<std::string> front_of(const GoalsPanel& panel, const std::vector<std::string>& methods)
{
    std::vector<TwoGoals> points;
    std::vector<std::string> names;
    for (const std::string& method : methods) {
        std::vector<double> x, y;
        for (const GoalPoint& point : panel.points)
            if (point.group == method) {
                x.push_back(point.x);
                y.push_back(point.y);
            }
        if (x.empty())
            continue;
        points.push_back({ spread_of(x).mean, spread_of(y).mean });
        names.push_back(method);
    }
    std::vector<std::string> front;
    for (const std::size_t index : pareto_front(points, panel.x_lower, false))
        front.push_back(names[index]);
    return front;
}

} // namespace

std::vector<GoalsReached> goals_reached(
    const Figures& figures, const std::vector<std::string>& methods)
{
    std::vector<GoalsReached> all;
    const auto add = [&](const std::string& moment, const std::string& gained, bool lower,
                         std::string_view kept) {
        const Figure* x = named(figures, gained);
        const Figure* y = named(figures, kept);
        if (!x || !y)
            return;
        GoalsReached reached{ moment, { moment, gained, std::string(kept), lower, {} }, {} };
        const auto shown = [](double value, const Figure& figure) {
            return figure.format.percent ? 100 * value : value;
        };
        for (const std::string& method : methods) {
            const auto of_x = x->values.find(method);
            const auto of_y = y->values.find(method);
            if (of_x == x->values.end() || of_y == y->values.end())
                continue;
            const std::vector<RunId>& runs = y->runs.at(method);
            for (std::size_t i = 0; i < of_x->second.size(); ++i) {
                const auto same = std::ranges::find(runs, x->runs.at(method)[i]);
                if (same != runs.end())
                    reached.panel.points.push_back({ method, shown(of_x->second[i], *x),
                        shown(of_y->second[static_cast<std::size_t>(same - runs.begin())], *y) });
            }
        }
        reached.front = front_of(reached.panel, methods);
        if (!reached.front.empty())
            all.push_back(std::move(reached));
    };
    std::string learnt;
    for (const Figure& figure : figures.all())
        if (figure.name.starts_with("task reaches"))
            learnt = figure.name;
    const bool to_zero = named(figures, distance_name) != nullptr;
    add("at the end", std::string(to_zero ? distance_name : gained_name), to_zero, kept_name);
    if (!learnt.empty())
        add("when it is first learnt, by the step", learnt, true, kept_then_name);
    return all;
}

} // namespace circuitloom
