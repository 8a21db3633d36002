#include "ui/curves/curve_plots.h"

#include <QCoreApplication>

#include <algorithm>

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

/// One line a run, the first run's on top.
PlotContent plot_over_runs(const QString& title, ValueFormat format,
    std::span<const PlottedRun> runs, const Curve& (CurveData::*curve)() const)
{
    PlotContent plot;
    plot.title = title;
    plot.format = format;
    for (std::size_t i = runs.size(); i-- > 0;) {
        const PlottedRun& run = runs[i];
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
PlotContent plot_of_suites(const QString& title, ValueFormat format, const PlottedRun& run,
    const std::string& measure, const Theme& theme)
{
    PlotContent plot;
    plot.title = title;
    plot.format = format;
    std::vector<PlotLine> emphasised;
    int color = 1; // the first colour is the usual run's own
    for (const SuiteCurve& suite : run.data->suites()) {
        if (suite.measure != measure)
            continue;
        PlotLine line;
        line.name = QString::fromStdString(suite.suite);
        line.labelled = true;
        line.points = suite.points;
        if (run.data->is_held_out_task(suite.suite)) {
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

/// The held-out task's own logit difference, dashed beside the batches'.
void add_held_out_logit_difference(PlotContent& plot, const PlottedRun& run, const Theme& theme)
{
    for (const SuiteCurve& suite : run.data->suites()) {
        if (suite.measure != "logit-diff")
            continue;
        PlotLine line;
        line.name = QString::fromStdString(suite.suite);
        line.color = theme.text;
        line.width = 1.4;
        line.dashed = true;
        line.points = suite.points;
        plot.lines.push_back(std::move(line));
    }
}

bool empty(const PlotContent& plot)
{
    return std::all_of(plot.lines.begin(), plot.lines.end(),
        [](const PlotLine& line) { return line.points.empty(); });
}

QString quoted(const QString& field)
{
    QString text = field;
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
    plots.push_back(plot_over_runs(tr("Loss"), ValueFormat::number, runs, &CurveData::loss));
    plots.push_back(
        plot_over_runs(tr("Logit difference"), ValueFormat::number, runs, &CurveData::metric));
    add_held_out_logit_difference(plots.back(), runs.front(), theme);
    for (const PlottedRun& run : runs) {
        const QString title
            = runs.size() > 1 ? tr("Capabilities, %1").arg(run.name) : tr("Capabilities");
        PlotContent plot = plot_of_suites(title, ValueFormat::percent, run, "accuracy", theme);
        if (!empty(plot) || &run == &runs.front())
            plots.push_back(std::move(plot));
    }
    PlotContent perplexity
        = plot_of_suites(tr("Perplexity"), ValueFormat::number, runs.front(), "perplexity", theme);
    if (!empty(perplexity))
        plots.push_back(std::move(perplexity));
    plots.push_back(plot_over_runs(
        tr("Tunable share"), ValueFormat::percent, runs, &CurveData::tunable_ratio));
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
        append_csv(csv, run.name, QStringLiteral("loss"), QStringLiteral("nats"), data.loss());
        append_csv(csv, run.name, QStringLiteral("logit difference"), QStringLiteral("logit-diff"),
            data.metric());
        append_csv(csv, run.name, QStringLiteral("tunable ratio"), QStringLiteral("share"),
            data.tunable_ratio());
        append_csv(
            csv, run.name, QStringLiteral("turnover"), QStringLiteral("share"), data.turnover());
        for (const SuiteCurve& suite : data.suites())
            append_csv(csv, run.name, QString::fromStdString(suite.suite),
                QString::fromStdString(suite.measure), suite.points);
    }
    return csv;
}

} // namespace circuitloom::ui
