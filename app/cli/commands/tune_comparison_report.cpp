#include "app/cli/commands/tune_compare.h"

#include "app/cli/commands/table.h"
#include "core/analysis/pareto.h"
#include "core/analysis/spread.h"
#include "core/base/measure.h"
#include "core/run/run_config.h"
#include "core/run/run_measures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace circuitloom {

namespace {

/// How a number stands in the table; a share as percent, whose sign is in the line's name.
struct Format
{
    int decimals = 3;
    bool percent = false;
};

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

using Json = nlohmann::ordered_json;

/// One line of the table.
struct Figure
{
    std::string name;
    Format format;
    bool detail = false; ///< in the JSON alone
    std::optional<double> before; ///< the untouched model's
    /// By method, one value for each run that has one.
    std::map<std::string, std::vector<double>> values;
};

std::string number(double value, const Format& format)
{
    return fixed(format.percent ? 100 * value : value, format.decimals);
}

/// Collects the figures of all runs, in the order in which they first come up.
class Figures
{
public:
    void add(const std::string& name, const Format& format, const std::string& method, double value,
        std::optional<double> before = {}, bool detail = false)
    {
        const auto [place, fresh] = index_.try_emplace(name, all_.size());
        if (fresh)
            all_.push_back({ name, format, detail, before, {} });
        all_[place->second].values[method].push_back(value);
    }
    const std::vector<Figure>& all() const { return all_; }

private:
    std::vector<Figure> all_;
    std::map<std::string, std::size_t> index_;
};

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
    Figures& figures, const std::vector<EvaluationRecord>& evaluations, const std::string& method)
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
            figures.add(end.suite + " " + table_name(end.suite, end.measure) + (format.percent ? " (%)" : ""), format,
                method, end.value, before, measure.detail);
        }
    if (const auto after = capabilities_at(evaluations, last))
        figures.add(std::string(kept_name), share, method, *after,
            capabilities_at(evaluations, first));
}

// Where the task was learnt, and what was left of the rest there.
void add_marks(Figures& figures, const ExperimentReader& reader, const ComparedRun& run,
    const std::vector<EvaluationRecord>& evaluations)
{
    for (const MarkRecord& mark : reader.marks(run.run)) {
        if (!mark.label.starts_with("task reaches"))
            continue;
        figures.add(mark.label + " at step", whole, run.method, mark.step);
        if (const auto then = capabilities_at(evaluations, mark.step))
            figures.add(std::string(kept_then_name), share, run.method, *then);
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
            figures.add(std::string(distance_name), format_of(metric), runs[i].method, sizes.back(),
                sizes.front());
        if (!same_rates)
            figures.add("learning rate", { 4 }, runs[i].method, configs[i].learning_rate);
    }
}

Figures figures_of(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    Figures figures;
    for (const ComparedRun& run : runs) {
        const auto evaluations = reader.evaluations(run.run);
        if (!evaluations.empty()) {
            add_evaluations(figures, evaluations, run.method);
            add_marks(figures, reader, run, evaluations);
        }
    }
    add_settings(figures, reader, runs);
    for (const ComparedRun& run : runs) {
        std::vector<double> ratios;
        for (const IterationRecord& iteration : reader.iterations(run.run))
            ratios.push_back(iteration.tunable_ratio);
        figures.add("parameters that may change, mean (%)", share, run.method, spread_of(ratios).mean);
        figures.add("steps", whole, run.method, reader.run(run.run).steps_done);
        figures.add("time per step (ms)", tenths, run.method, 1000 * run.seconds_per_step);
        figures.add("peak memory of the process (MiB)", tenths, run.method,
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

/// The methods that no other one beats both in the task and in what is kept.
struct Front
{
    std::string moment; ///< as in "at the end"
    std::vector<std::string> methods;
};

std::optional<double> mean_of(
    const Figures& figures, std::string_view name, const std::string& method)
{
    for (const Figure& figure : figures.all())
        if (figure.name == name)
            if (const auto found = figure.values.find(method); found != figure.values.end())
                return spread_of(found->second).mean;
    return std::nullopt;
}

Front front_of(const Figures& figures, const std::vector<std::string>& methods,
    const std::string& moment, std::string_view gained, bool lower, std::string_view kept)
{
    std::vector<TwoGoals> points;
    std::vector<std::string> names;
    for (const std::string& method : methods) {
        const auto x = mean_of(figures, gained, method);
        const auto y = mean_of(figures, kept, method);
        if (!x || !y)
            continue;
        points.push_back({ *x, *y });
        names.push_back(method);
    }
    Front front{ moment, {} };
    for (const std::size_t index : pareto_front(points, lower, false))
        front.methods.push_back(names[index]);
    return front;
}

// At the end by the task's accuracy, or by how near its metric came to zero where that is wanted;
// where the task was first learnt by how soon that was.
std::vector<Front> fronts_of(const Figures& figures, const std::vector<std::string>& methods)
{
    std::vector<Front> fronts;
    const auto add = [&](const std::string& moment, std::string_view gained, bool lower,
                         std::string_view kept) {
        Front front = front_of(figures, methods, moment, gained, lower, kept);
        if (front.methods.size() > 0)
            fronts.push_back(std::move(front));
    };
    std::string learnt;
    bool to_zero = false;
    for (const Figure& figure : figures.all()) {
        if (figure.name.starts_with("task reaches"))
            learnt = figure.name;
        to_zero = to_zero || figure.name == distance_name;
    }
    add("at the end", to_zero ? std::string(distance_name) : std::string(gained_name), to_zero,
        kept_name);
    if (!learnt.empty())
        add("when it is first learnt, by the step", learnt, true, kept_then_name);
    return fronts;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::size_t runs_of(const std::vector<ComparedRun>& runs, const std::string& method)
{
    return static_cast<std::size_t>(std::ranges::count(runs, method, &ComparedRun::method));
}

} // namespace

std::string comparison_table(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    const auto methods = methods_in(runs);
    std::vector<Table::Column> columns{ { "", false }, { "before", true } };
    for (const std::string& method : methods)
        columns.push_back({ method, true });
    Table table(columns);
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        if (figure.detail)
            continue;
        std::vector<std::string> cells{ figure.name,
            figure.before ? number(*figure.before, figure.format) : "" };
        for (const std::string& method : methods) {
            const auto found = figure.values.find(method);
            if (found == figure.values.end()) {
                cells.emplace_back("–");
                continue;
            }
            std::string cell = number(spread_of(found->second).mean, figure.format);
            if (found->second.size() > 1)
                cell += " ± " + number(spread_of(found->second).deviation, figure.format);
            if (found->second.size() < runs_of(runs, method))
                cell += " (" + std::to_string(found->second.size()) + " of "
                    + std::to_string(runs_of(runs, method)) + ")";
            cells.push_back(std::move(cell));
        }
        table.add(std::move(cells));
    }
    std::string text = table.text();
    for (const Front& front : fronts_of(figures, methods))
        text += "Pareto front of task learnt and capabilities kept, " + front.moment + ": "
            + listed(front.methods) + "\n";
    return text;
}

Json comparison_json(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    Json json{ { "file", reader.file().string() } };
    Json& list = json["runs"] = Json::array();
    for (const ComparedRun& run : runs)
        list.push_back(
            { { "run", run.run.value }, { "method", run.method }, { "seed", run.seed } });
    Json& all = json["figures"] = Json::array();
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        Json one{ { "name", figure.name },
            { "before", figure.before ? Json(*figure.before) : Json(nullptr) } };
        for (const auto& [method, values] : figure.values)
            one["methods"][method] = { { "mean", spread_of(values).mean },
                { "deviation", spread_of(values).deviation },
                { "values", values } };
        all.push_back(std::move(one));
    }
    json["pareto"] = Json::object();
    for (const Front& front : fronts_of(figures, methods_in(runs)))
        json["pareto"][front.moment] = front.methods;
    return json;
}

} // namespace circuitloom
