#include "ui/curves/plot_choices.h"

#include "core/analysis/circuit_measures.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace circuitloom::ui {

namespace {

/// Beside loss and metric.
constexpr std::array training_measures{ measures::learning_rate, measures::seconds_per_step };
/// Of a circuit, as its iteration's records tell them.
constexpr std::array record_measures{ measures::tunable_ratio, measures::turnover,
    measures::edge_jaccard, measures::stability };
/// As only its edges tell them.
constexpr std::array circuit_measures{ measures::circuit_distance, measures::circuit_position,
    measures::circuit_entropy };

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Curves)
};

/// Null for one that the lists above lack; measure_named() does not know all that they have.
const Measure* measure_of_runs(std::string_view name)
{
    for (const std::span<const Measure> list :
        std::initializer_list<std::span<const Measure>>{
            training_measures, record_measures, circuit_measures }) {
        const auto found = std::ranges::find(list, name, &Measure::name);
        if (found != list.end())
            return &*found;
    }
    return nullptr;
}

PlotChoice choice_of(const Measure& measure, const std::string& suite = {})
{
    return { std::string(measure.name), suite };
}

void add_once(std::vector<PlotChoice>& choices, PlotChoice choice)
{
    if (std::ranges::none_of(
            choices, [&](const PlotChoice& known) { return known.shows_same(choice); }))
        choices.push_back(std::move(choice));
}

/// One of the runs has points of that task metric, of its batches or of its held-out task.
bool has_metric(std::span<const PlottedRun> runs, const Measure& metric)
{
    return std::ranges::any_of(runs,
               [&](const PlottedRun& run) {
                   const Curve* curve = curve_of(run, metric.name);
                   return curve && !curve->empty();
               })
        || std::ranges::any_of(runs.front().data->suites(), [&](const SuiteCurve& suite) {
               return suite.measure == metric.name && !suite.points.empty();
           });
}

/// The first run's metric first.
std::vector<PlotChoice> metrics_of(std::span<const PlottedRun> runs)
{
    std::vector<PlotChoice> found{ choice_of(runs.front().data->metric_measure()) };
    for (const Measure& metric : task_metrics())
        if (has_metric(runs, metric))
            add_once(found, choice_of(metric));
    return found;
}

/// What the suites are measured in beside accuracies and the task metrics: perplexity, and whatever a
/// newer version stored.
std::vector<PlotChoice> other_suite_measures(const CurveData& data, bool with_details)
{
    std::vector<PlotChoice> found;
    for (const SuiteCurve& suite : data.suites()) {
        const Measure measure = measure_named(suite.measure);
        const bool drawn_elsewhere = measure.name == measures::accuracy.name
            || (measure.name == measures::exact_token.name && !with_details)
            || is_task_metric(measure.name);
        if (!drawn_elsewhere && (with_details || !measure.detail))
            add_once(found, choice_of(measure));
    }
    return found;
}

} // namespace

std::vector<Measure> run_measures(const PlottedRun& run)
{
    std::vector<Measure> all{ measures::loss, run.data->metric_measure() };
    all.insert(all.end(), training_measures.begin(), training_measures.end());
    all.insert(all.end(), record_measures.begin(), record_measures.end());
    all.insert(all.end(), circuit_measures.begin(), circuit_measures.end());
    return all;
}

const Curve* curve_of(const PlottedRun& run, std::string_view measure)
{
    const CurveData& data = *run.data;
    if (measure == measures::loss.name)
        return &data.loss();
    if (measure == data.metric_measure().name)
        return &data.metric();
    if (measure == measures::learning_rate.name)
        return &data.learning_rate();
    if (measure == measures::seconds_per_step.name)
        return &data.seconds_per_step();
    if (measure == measures::tunable_ratio.name)
        return &data.tunable_ratio();
    if (measure == measures::turnover.name)
        return &data.turnover();
    if (measure == measures::edge_jaccard.name)
        return &data.jaccard();
    if (measure == measures::stability.name)
        return &data.stability();
    if (!run.circuits)
        return nullptr;
    if (measure == measures::circuit_distance.name)
        return &run.circuits->distance;
    if (measure == measures::circuit_position.name)
        return &run.circuits->position;
    return measure == measures::circuit_entropy.name ? &run.circuits->entropy : nullptr;
}

const Curve* score_of(const PlottedRun& run, const std::string& item)
{
    if (!run.items)
        return nullptr;
    const auto found = run.items->find(item);
    return found == run.items->end() ? nullptr : &found->second;
}

bool is_of_circuits(const PlotChoice& choice)
{
    return std::ranges::find(circuit_measures, choice.measure, &Measure::name)
        != circuit_measures.end();
}

Measure chosen_measure(const PlotChoice& choice)
{
    if (!choice.item.empty())
        return measures::item_score;
    if (!choice.suite.empty())
        return measure_of(choice.suite, choice.measure);
    const Measure* own = measure_of_runs(choice.measure);
    return own ? *own : measure_named(choice.measure);
}

bool has_circuits_alone(const PlottedRun& run)
{
    // Every discovery of a run of ours says how much it opened.
    return !run.data->iterations().empty() && run.data->loss().empty()
        && run.data->tunable_ratio().empty();
}

std::vector<PlotChoice> usual_plots(std::span<const PlottedRun> runs)
{
    if (runs.empty())
        return {};
    if (std::ranges::all_of(runs, has_circuits_alone)) {
        std::vector<PlotChoice> plots{ choice_of(measures::turnover),
            choice_of(measures::edge_jaccard) };
        if (!runs.front().data->suites().empty())
            plots.push_back(choice_of(measures::accuracy));
        return plots;
    }
    std::vector<PlotChoice> plots{ choice_of(measures::loss) };
    const auto add_all = [&plots](std::vector<PlotChoice> choices) {
        for (PlotChoice& choice : choices)
            add_once(plots, std::move(choice));
    };
    add_all(metrics_of(runs));
    add_once(plots, choice_of(measures::accuracy));
    add_all(other_suite_measures(*runs.front().data, false));
    add_once(plots, choice_of(measures::tunable_ratio));
    add_once(plots, choice_of(measures::turnover));
    return plots;
}

std::vector<PlotGroup> plot_groups(
    std::span<const PlottedRun> runs, std::span<const std::string> items)
{
    if (runs.empty())
        return {};
    PlotGroup training{ Words::tr("Training"), { choice_of(measures::loss) } };
    for (PlotChoice& metric : metrics_of(runs))
        add_once(training.choices, std::move(metric));
    for (const Measure& measure : training_measures)
        add_once(training.choices, choice_of(measure));

    PlotGroup capabilities{ Words::tr("Capabilities"), { choice_of(measures::accuracy) } };
    for (PlotChoice& choice : other_suite_measures(*runs.front().data, true))
        add_once(capabilities.choices, std::move(choice));
    std::vector<PlotGroup> groups{ std::move(training), std::move(capabilities) };
    PlotGroup suites{ Words::tr("One suite, all runs"), {} };
    for (const PlottedRun& run : runs)
        for (const SuiteCurve& suite : run.data->suites())
            add_once(suites.choices, { suite.measure, suite.suite });
    if (!suites.choices.empty())
        groups.push_back(std::move(suites));

    PlotGroup circuit{ Words::tr("Circuit"), {} };
    for (const Measure& measure : record_measures)
        circuit.choices.push_back(choice_of(measure));
    for (const Measure& measure : circuit_measures)
        circuit.choices.push_back(choice_of(measure));
    for (const std::string& item : items)
        circuit.choices.push_back({ std::string(measures::item_score.name), {}, false, item });
    groups.push_back(std::move(circuit));
    return groups;
}

QString title_of(const PlotChoice& choice)
{
    if (!choice.item.empty())
        return Words::tr("Score of %1").arg(QString::fromStdString(choice.item));
    const Measure measure = chosen_measure(choice);
    if (!choice.suite.empty())
        return title_of_suite(choice.suite) + QStringLiteral(": ") + title_within(measure);
    if (measure.name == measures::accuracy.name)
        return Words::tr("Capabilities");
    if (measure.name == measures::edge_jaccard.name)
        return Words::tr("Jaccard with the one before");
    if (measure.name == "metric")
        return Words::tr("Task metric");
    return title_of(measure);
}

} // namespace circuitloom::ui
