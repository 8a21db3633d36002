#include "ui/curves/curve_plots.h"

#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/base/spreadsheet_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Curves", text);
}

QColor faint(QColor color)
{
    color.setAlphaF(0.5F);
    return color;
}

PlotContent plot_of(const Measure& measure)
{
    PlotContent plot;
    plot.title = title_of(measure);
    plot.notation = measure.notation;
    if (measure.notation == Notation::plain)
        plot.unit = unit_of(measure);
    return plot;
}

/// One line for each run whose `curve` is of that measure, the first run's on top.
PlotContent plot_over_runs(const Measure& measure, std::span<const PlottedRun> runs,
    const Curve& (CurveData::*curve)() const,
    const std::function<bool(const CurveData&)>& is_of_measure = {})
{
    PlotContent plot = plot_of(measure);
    for (std::size_t i = runs.size(); i-- > 0;) {
        const PlottedRun& run = runs[i];
        if (is_of_measure && !is_of_measure(*run.data))
            continue;
        PlotLine line;
        line.name = run.name;
        line.color = i == 0 ? run.color : faint(run.color);
        line.width = i == 0 ? 1.8 : 1.2;
        line.headline = i == 0;
        line.points = ((*run.data).*curve)();
        plot.lines.push_back(std::move(line));
    }
    return plot;
}

/// The suites of one measure in colours by their order, the held-out task emphasised and on top.
PlotContent plot_of_suites(const Measure& measure, const PlottedRun& run, const Theme& theme)
{
    PlotContent plot = plot_of(measure);
    std::vector<PlotLine> emphasised;
    int color = 1; // the first colour is the usual run's own
    for (const SuiteCurve& suite : run.data->suites()) {
        if (suite.measure != measure.name)
            continue;
        PlotLine line;
        line.name = QString::fromStdString(suite.suite);
        line.labelled = true;
        line.points = suite.points;
        if (run.data->is_held_out_task(suite.suite)) {
            const Measure share = measure_of(suite.suite, suite.measure);
            if (share.title != measures::accuracy.title)
                line.name += QStringLiteral(": ") + title_of(share).toLower();
            line.color = theme.text;
            line.width = 2.4;
            emphasised.push_back(std::move(line));
        } else {
            line.color = series_color(color++, theme);
            plot.lines.push_back(std::move(line));
        }
    }
    std::move(emphasised.begin(), emphasised.end(), std::back_inserter(plot.lines));
    return plot;
}

/// How often the held-out task's target is the likeliest token of all, dashed beside how often it is
/// preferred.
void add_exact_tokens(PlotContent& plot, const PlottedRun& run, const Theme& theme)
{
    for (PlotLine& line : plot_of_suites(measures::exact_token, run, theme).lines) {
        line.dashed = true;
        plot.lines.push_back(std::move(line));
    }
}

/// What a task metric was on the batches of those runs whose metric it is, and, dashed, on the
/// first run's held-out task.
PlotContent plot_of_metric(
    const Measure& metric, std::span<const PlottedRun> runs, const Theme& theme)
{
    PlotContent plot = plot_over_runs(metric, runs, &CurveData::metric,
        [&metric](const CurveData& data) { return data.metric_measure().name == metric.name; });
    for (PlotLine& line : plot.lines)
        if (line.headline)
            line.legend = runs.size() > 1 ? tr("%1, batches").arg(line.name) : tr("batches");
    for (const SuiteCurve& suite : runs.front().data->suites()) {
        if (suite.measure != metric.name)
            continue;
        PlotLine line;
        line.name = QString::fromStdString(suite.suite);
        line.legend = tr("held-out %1").arg(line.name);
        line.color = theme.text;
        line.width = 1.4;
        line.dashed = true;
        // Its value stands beside the title where the batches have none of this measure.
        line.headline = std::none_of(plot.lines.begin(), plot.lines.end(),
            [](const PlotLine& other) { return other.headline; });
        line.points = suite.points;
        plot.lines.push_back(std::move(line));
    }
    return plot;
}

/// What the suites are measured in beside accuracies and the task metrics: perplexity, and whatever a
/// newer version stored. A second reading of a measure is not drawn.
std::vector<Measure> other_measures(const CurveData& data)
{
    std::vector<Measure> found;
    for (const SuiteCurve& suite : data.suites()) {
        const Measure measure = measure_named(suite.measure);
        const bool known = measure.detail || measure.name == measures::accuracy.name
            || measure.name == measures::exact_token.name || is_task_metric(measure.name)
            || std::ranges::find(found, measure.name, &Measure::name) != found.end();
        if (!known)
            found.push_back(measure);
    }
    return found;
}

/// Plots of one measure beside each other have one scale, so that heights can be compared.
void share_scale(std::span<PlotContent> plots)
{
    std::vector<double> extremes;
    for (const PlotContent& plot : plots) {
        for (const PlotLine& line : plot.lines) {
            const auto by_value
                = [](const CurvePoint& a, const CurvePoint& b) { return a.value < b.value; };
            Curve finite = line.points;
            std::erase_if(
                finite, [](const CurvePoint& point) { return !std::isfinite(point.value); });
            if (finite.empty())
                continue;
            const auto [low, high] = std::ranges::minmax_element(finite, by_value);
            extremes.insert(extremes.end(), { low->value, high->value });
        }
    }
    if (plots.size() > 1)
        for (PlotContent& plot : plots)
            plot.also_seen = extremes;
}

bool empty(const PlotContent& plot)
{
    return std::all_of(plot.lines.begin(), plot.lines.end(),
        [](const PlotLine& line) { return line.points.empty(); });
}

QString as_text(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A curve's name in the CSV, whatever the language: as in "logit difference".
QString csv_name(const Measure& measure)
{
    return as_text(measure.title).toLower();
}

QString quoted(const QString& field)
{
    QString text = spreadsheet_text(field);
    text.replace(u'"', QStringLiteral("\"\""));
    return u'"' + text + u'"';
}

void append_csv(QString& csv, const QString& run, const QString& curve, const QString& measure,
    const Curve& points)
{
    const QString head = quoted(run) + u',' + quoted(curve) + u',' + quoted(measure) + u',';
    for (const CurvePoint& point : points)
        csv += head + QString::number(point.step, 'g', 12) + u','
            + QString::number(point.value, 'g', 12) + u'\n';
}

} // namespace

std::vector<PlotContent> plots_of(std::span<const PlottedRun> runs, const Theme& theme)
{
    std::vector<PlotContent> plots;
    if (runs.empty())
        return plots;
    const PlottedRun& first = runs.front();
    const auto add_unless_empty = [&plots](PlotContent plot) {
        if (!empty(plot))
            plots.push_back(std::move(plot));
    };
    plots.push_back(plot_over_runs(measures::loss, runs, &CurveData::loss));
    plots.push_back(plot_of_metric(first.data->metric_measure(), runs, theme));
    for (const Measure& metric : task_metrics())
        if (metric.name != first.data->metric_measure().name)
            add_unless_empty(plot_of_metric(metric, runs, theme));
    const std::size_t first_accuracy = plots.size();
    for (const PlottedRun& run : runs) {
        PlotContent plot = plot_of_suites(measures::accuracy, run, theme);
        add_exact_tokens(plot, run, theme);
        plot.title = runs.size() > 1 ? tr("Capabilities, %1").arg(run.name) : tr("Capabilities");
        if (!empty(plot) || &run == &first)
            plots.push_back(std::move(plot));
    }
    share_scale(std::span(plots).subspan(first_accuracy));
    for (const Measure& measure : other_measures(*first.data))
        add_unless_empty(plot_of_suites(measure, first, theme));
    plots.push_back(plot_over_runs(measures::tunable_ratio, runs, &CurveData::tunable_ratio));
    plots.back().from_zero = true;
    plots.push_back(plot_over_runs(measures::turnover, runs, &CurveData::turnover));
    plots.back().from_zero = true;

    double last = 1;
    for (const PlottedRun& run : runs)
        last = std::max({ last, static_cast<double>(run.data->last_step()),
            &run == &runs.front() ? run.planned_steps * 1.0 : 0.0 });
    for (PlotContent& plot : plots)
        plot.last_step = last;
    return plots;
}

QString curves_to_csv(std::span<const PlottedRun> runs)
{
    QString csv = QStringLiteral("run,curve,measure,step,value\n");
    for (const PlottedRun& run : runs) {
        const CurveData& data = *run.data;
        append_csv(
            csv, run.name, csv_name(measures::loss), as_text(measures::loss.unit), data.loss());
        append_csv(csv, run.name, csv_name(data.metric_measure()),
            as_text(data.metric_measure().name), data.metric());
        append_csv(csv, run.name, csv_name(measures::tunable_ratio),
            as_text(measures::tunable_ratio.unit), data.tunable_ratio());
        append_csv(csv, run.name, csv_name(measures::turnover), as_text(measures::turnover.unit),
            data.turnover());
        for (const SuiteCurve& suite : data.suites())
            append_csv(csv, run.name, QString::fromStdString(suite.suite),
                QString::fromStdString(suite.measure), suite.points);
    }
    return csv;
}

} // namespace circuitloom::ui
