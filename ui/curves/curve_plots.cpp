#include "ui/curves/curve_plots.h"

#include "core/analysis/circuit_measures.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/curves/common_scale.h"
#include "ui/curves/plot_choices.h"
#include "ui/curves/run_lines.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Curves)
};

QColor faint(QColor color)
{
    color.setAlphaF(0.5F);
    return color;
}

bool empty(const PlotContent& plot)
{
    return std::all_of(plot.lines.begin(), plot.lines.end(),
        [](const PlotLine& line) { return line.points.empty(); });
}

/// Makes plots of runs, of one view.
class Plots
{
public:
    Plots(std::span<const PlottedRun> runs, const Theme& theme, const CurvesView& view)
        : runs_(runs)
        , theme_(theme)
        , view_(view)
        , groups_(groups_of(runs, view))
    {
    }

    std::vector<PlotContent> of(const PlotChoice& choice) const;

private:
    PlotContent plot_of(const Measure& measure) const;
    PlotContent over_runs(const Measure& measure, const CurveOf& curve) const;
    PlotContent of_metric(const Measure& metric) const;
    PlotContent of_suites(const Measure& measure, const RunGroup& group) const;
    PlotContent all_accuracies(const RunGroup& group) const;
    std::vector<PlotContent> multiples(const Measure& measure, const QString& title) const;

    std::span<const PlottedRun> runs_;
    const Theme& theme_;
    const CurvesView& view_;
    std::vector<RunGroup> groups_;
};

PlotContent Plots::plot_of(const Measure& measure) const
{
    PlotContent plot;
    plot.title = title_of(measure);
    plot.notation = measure.notation;
    if (measure.notation == Notation::plain)
        plot.unit = unit_of(measure);
    return plot;
}

/// Of one suite in one measure.
CurveOf suite_curve(const std::string& suite, std::string_view measure)
{
    return [suite, measure = std::string(measure)](const PlottedRun& run) -> const Curve* {
        for (const SuiteCurve& curve : run.data->suites())
            if (curve.suite == suite && curve.measure == measure)
                return &curve.points;
        return nullptr;
    };
}

/// One line for each run that has the curve, the first run's on top.
PlotContent Plots::over_runs(const Measure& measure, const CurveOf& curve) const
{
    PlotContent plot = plot_of(measure);
    for (std::size_t i = groups_.size(); i-- > 0;) {
        const RunGroup& group = groups_[i];
        if (std::ranges::none_of(
                group.runs, [&](const PlottedRun* run) { return curve(*run) != nullptr; }))
            continue;
        PlotLine line = line_of(group, curve, view_);
        line.color = i == 0 ? group.color : faint(group.color);
        line.width = i == 0 ? 1.8 : 1.2;
        line.headline = i == 0;
        if (line.headline) // one for all: there is room for no more
            line.legend = band_text(group, view_.seeds);
        plot.lines.push_back(std::move(line));
    }
    if (plot.lines.size() > 1)
        for (PlotLine& line : plot.lines)
            line.labelled = true;
    plot.labels_give_way = true;
    return plot;
}

/// The suites of one measure in colours by their order, the held-out task emphasised and on top.
PlotContent Plots::of_suites(const Measure& measure, const RunGroup& group) const
{
    PlotContent plot = plot_of(measure);
    std::vector<PlotLine> emphasised;
    int color = 1; // the first colour is the usual run's own
    const CurveData& data = *group.runs.front()->data;
    for (const SuiteCurve& suite : data.suites()) {
        if (suite.measure != measure.name)
            continue;
        PlotLine line = line_of(group, suite_curve(suite.suite, suite.measure), view_);
        line.name = title_of_suite(suite.suite);
        line.labelled = true;
        if (data.is_held_out_task(suite.suite)) {
            const Measure share = measure_of(suite.suite, suite.measure);
            if (share.title != measures::accuracy.title) {
                line.brief = title_within(share);
                line.name += QStringLiteral(": ") + line.brief;
            }
            line.color = theme_.text;
            line.width = 2.4;
            emphasised.push_back(std::move(line));
        } else {
            line.color = series_color(color++, theme_);
            plot.lines.push_back(std::move(line));
        }
    }
    std::move(emphasised.begin(), emphasised.end(), std::back_inserter(plot.lines));
    return plot;
}

/// What a task metric was on the batches of those runs whose metric it is, and, dashed, on the
/// first run's held-out task.
PlotContent Plots::of_metric(const Measure& metric) const
{
    PlotContent plot = over_runs(
        metric, [&metric](const PlottedRun& run) { return curve_of(run, metric.name); });
    for (PlotLine& line : plot.lines)
        if (line.headline && line.legend.isEmpty())
            line.legend = groups_.size() > 1 ? Words::tr("%1, batches").arg(line.name)
                                             : Words::tr("batches");
    const bool has_headline
        = std::ranges::any_of(plot.lines, [](const PlotLine& line) { return line.headline; });
    for (const SuiteCurve& suite : runs_.front().data->suites()) {
        if (suite.measure != metric.name)
            continue;
        PlotLine line = line_of(groups_.front(), suite_curve(suite.suite, suite.measure), view_);
        line.name = title_of_suite(suite.suite);
        line.legend = Words::tr("held-out %1").arg(line.name);
        line.color = theme_.text;
        line.width = 1.4;
        line.dashed = true;
        // Its value stands beside the title where the batches have none of this measure.
        line.headline = !has_headline
            && std::ranges::none_of(
                plot.lines, [](const PlotLine& other) { return other.headline; });
        plot.lines.push_back(std::move(line));
    }
    return plot;
}

/// The accuracies, and how often the target is the likeliest token of all, dashed beside how often
/// it is preferred.
PlotContent Plots::all_accuracies(const RunGroup& group) const
{
    PlotContent plot = of_suites(measures::accuracy, group);
    for (PlotLine& line : of_suites(measures::exact_token, group).lines) {
        line.dashed = true;
        plot.lines.push_back(std::move(line));
    }
    return plot;
}

/// For each run a plot with all its suites in one measure; none for a run beside the first one that
/// was not measured in it.
std::vector<PlotContent> Plots::multiples(const Measure& measure, const QString& title) const
{
    std::vector<PlotContent> plots;
    for (const RunGroup& group : groups_) {
        PlotContent plot = measure.name == measures::accuracy.name ? all_accuracies(group)
                                                                   : of_suites(measure, group);
        plot.title = groups_.size() > 1 ? Words::tr("%1, %2").arg(title, group.name) : title;
        if (const QString band = band_text(group, view_.seeds); !band.isEmpty())
            plot.title += QStringLiteral(", ") + band;
        if (!empty(plot) || &group == &groups_.front())
            plots.push_back(std::move(plot));
    }
    share_scale(plots);
    return plots;
}

std::vector<PlotContent> Plots::of(const PlotChoice& choice) const
{
    const Measure measure = chosen_measure(choice);
    if (!choice.suite.empty() || !choice.item.empty()) {
        const CurveOf curve = choice.item.empty()
            ? suite_curve(choice.suite, choice.measure)
            : [&choice](const PlottedRun& run) { return score_of(run, choice.item); };
        PlotContent plot = over_runs(measure, curve);
        plot.title = title_of(choice);
        return { std::move(plot) };
    }
    if (measure.name == measures::accuracy.name)
        return multiples(measure, title_of(choice));
    const CurveData& first = *runs_.front().data;
    if (first.metric_measure().name == choice.measure)
        return { of_metric(first.metric_measure()) };
    if (is_task_metric(choice.measure))
        return { of_metric(measure) };
    const CurveOf curve
        = [&choice](const PlottedRun& run) { return curve_of(run, choice.measure); };
    const bool of_a_run = is_of_circuits(choice)
        || std::ranges::any_of(
            runs_, [&](const PlottedRun& run) { return curve(run) != nullptr; });
    if (!of_a_run)
        return multiples(measure, title_of(choice));
    PlotContent plot = over_runs(measure, curve);
    plot.title = title_of(choice);
    plot.from_zero = measure.name == measures::tunable_ratio.name
        || measure.name == measures::turnover.name;
    return { std::move(plot) };
}

/// The choice's plots of each group of runs by itself, with its name and all on one scale; none for a
/// group beside the first one that has nothing of it.
std::vector<PlotContent> apart(std::span<const RunGroup> groups, const PlotChoice& choice,
    const Theme& theme, const CurvesView& view)
{
    std::vector<PlotContent> plots;
    for (const RunGroup& group : groups) {
        std::vector<PlottedRun> runs;
        for (const PlottedRun* run : group.runs)
            runs.push_back(*run);
        for (PlotContent& plot : Plots(runs, theme, view).of(choice)) {
            plot.title = Words::tr("%1, %2").arg(plot.title, group.name);
            if (!empty(plot) || &group == &groups.front())
                plots.push_back(std::move(plot));
        }
    }
    share_scale(plots);
    return plots;
}

/// Why a plot of the choice may have nothing to show; empty where nothing is to be said.
QString absent_text(const PlotChoice& choice, std::span<const PlottedRun> runs)
{
    if (!choice.item.empty())
        return Words::tr("no circuit that was read has %1")
            .arg(QString::fromStdString(choice.item));
    if (choice.measure == measures::stability.name)
        return Words::tr("not known: the circuits were scored without resamples");
    return std::ranges::all_of(runs, has_circuits_alone)
        ? Words::tr("not known: circuits are all that there is of this run")
        : QString();
}

/// The place at the right end: of all that was done, and of what is planned of the first run.
double right_end(std::span<const PlottedRun> runs, AxisQuantity quantity)
{
    double last = 0;
    for (const PlottedRun& run : runs) {
        const StepPlaces places = run.data->places(quantity);
        const int planned = &run == &runs.front() ? run.planned_steps : 0;
        const double end = places.of(std::max(run.data->last_step(), planned));
        if (std::isfinite(end))
            last = std::max(last, end);
    }
    return last > 0 ? last : 1;
}

} // namespace

std::vector<PlotContent> plots_of(
    std::span<const PlottedRun> runs, const Theme& theme, const CurvesView& view)
{
    std::vector<PlotContent> plots;
    if (runs.empty())
        return plots;
    const std::vector<PlotChoice> choices = view.plots.empty() ? usual_plots(runs) : view.plots;
    const double last = right_end(runs, view.axis.quantity);
    const Plots maker(runs, theme, view);
    const std::vector<RunGroup> groups = groups_of(runs, view);
    const bool each_apart = view.apart && groups.size() > 1;
    for (std::size_t i = 0; i < choices.size(); ++i)
        for (PlotContent& plot : each_apart ? apart(groups, choices[i], theme, view)
                                            : maker.of(choices[i])) {
            plot.axis = view.axis;
            plot.last_step = last;
            plot.logarithmic = choices[i].logarithmic;
            plot.choice = i;
            plot.absent = absent_text(choices[i], runs);
            plots.push_back(std::move(plot));
        }
    return plots;
}

} // namespace circuitloom::ui
