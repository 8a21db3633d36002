#include "ui/compare/run_columns.h"

#include "core/run/imported_run.h"
#include "core/run/differing_settings.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/runs/run_row.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <string>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunComparison)
};

using Kind = RunColumn::Kind;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// One measure of one suite.
struct SuiteMeasure
{
    std::string suite;
    std::string measure;
    bool task = false; ///< of what the run is taught, not of a capability
    bool operator==(const SuiteMeasure&) const = default;
};

/// Those of all runs, of the tasks first.
std::vector<SuiteMeasure> figures_of(const std::vector<ComparedRun>& runs)
{
    std::vector<SuiteMeasure> figures;
    for (const ComparedRun& run : runs) {
        for (const SuiteCurve& curve : run.curves->suites()) {
            const SuiteMeasure measure{ curve.suite, curve.measure,
                run.curves->is_held_out_task(curve.suite) };
            if (std::ranges::find(figures, measure) == figures.end())
                figures.push_back(measure);
        }
    }
    std::ranges::stable_sort(
        figures, {}, [](const SuiteMeasure& measure) { return !measure.task; });
    return figures;
}

const Curve* curve_of(const ComparedRun& run, const SuiteMeasure& measure)
{
    for (const SuiteCurve& curve : run.curves->suites())
        if (curve.suite == measure.suite && curve.measure == measure.measure
            && !curve.points.empty())
            return &curve.points;
    return nullptr;
}

double before(const ComparedRun& run, const SuiteMeasure& measure)
{
    const Curve* curve = curve_of(run, measure);
    return curve ? curve->front().value : unknown;
}

double after(const ComparedRun& run, const SuiteMeasure& measure, double until)
{
    const Curve* curve = curve_of(run, measure);
    return curve ? value_at(*curve, until) : unknown;
}

/// The mean accuracy of the capabilities; `of` gives that of one.
template <class Of>
double mean_accuracy(const ComparedRun& run, Of of)
{
    double sum = 0;
    int count = 0;
    for (const SuiteMeasure& measure : figures_of({ run }))
        if (!measure.task && measure.measure == measures::accuracy.name) {
            sum += of(measure);
            ++count;
        }
    return count == 0 ? unknown : sum / count;
}

double mean(const Curve& curve)
{
    double sum = 0;
    for (const CurvePoint& point : curve)
        sum += point.value;
    return curve.empty() ? unknown : sum / static_cast<double>(curve.size());
}

QString title_of_figure(const SuiteMeasure& measure)
{
    const QString suite = QString::fromStdString(measure.suite);
    return measure.measure == measures::accuracy.name && !measure.task
        ? suite
        : suite + QStringLiteral(": ") + title_of(measure_of(measure.suite, measure.measure));
}

RunColumn text_column(const QString& title, const QString& tip,
    std::function<QString(const ComparedRun&)> text)
{
    RunColumn column;
    column.title = column.full_title = title;
    column.tip = tip;
    column.kind = Kind::text;
    column.text = std::move(text);
    return column;
}

RunColumn listed_column(const QString& title, const QString& tip,
    std::function<double(const ComparedRun&)> value, std::function<QString(const ComparedRun&)> text)
{
    RunColumn column = text_column(title, tip, std::move(text));
    column.kind = Kind::listed;
    column.value = [value = std::move(value)](const ComparedRun& run, double) { return value(run); };
    return column;
}

RunColumn measured(const Measure& measure, const QString& title, const QString& full_title,
    const QString& tip, std::function<double(const ComparedRun&, double)> value)
{
    RunColumn column;
    column.title = title;
    column.full_title = full_title;
    column.tip = tip;
    column.notation = measure.notation;
    column.decimals = measure.decimals;
    column.better = measure.better;
    column.value = std::move(value);
    return column;
}

RunColumn as_axis(RunColumn column)
{
    column.in_table = false;
    return column;
}

void add_identity(std::vector<RunColumn>& columns)
{
    columns.push_back(text_column(Words::tr("run"), Words::tr("its name"), [](const ComparedRun& run) {
        return QString::fromStdString(run.summary.description.name);
    }));
    columns.push_back(text_column(Words::tr("method"), {}, [](const ComparedRun& run) {
        return QString::fromStdString(run.summary.description.method);
    }));
    columns.push_back(listed_column(
        Words::tr("seed"), {},
        [](const ComparedRun& run) {
            return is_imported(run.summary.description)
                ? unknown
                : static_cast<double>(run.summary.description.seed);
        },
        [](const ComparedRun& run) {
            return is_imported(run.summary.description)
                ? QStringLiteral("–")
                : QString::number(run.summary.description.seed);
        }));
    columns.push_back(listed_column(
        Words::tr("steps"), Words::tr("updates done"),
        [](const ComparedRun& run) { return run.summary.steps_done; },
        [](const ComparedRun& run) { return QString::number(run.summary.steps_done); }));
}

/// The runs that were tuned, and in what they differ.
struct Settings
{
    std::vector<RunId> runs;
    DifferingSettings differing;

    explicit Settings(const std::vector<ComparedRun>& of)
    {
        std::vector<RunConfig> configs;
        for (const ComparedRun& run : of)
            if (!is_imported(run.summary.description)) {
                runs.push_back(run.summary.id);
                configs.push_back(run.config);
            }
        differing = differing_settings(configs);
    }

    QString value(RunId run, std::size_t setting) const
    {
        const auto at = std::ranges::find(runs, run);
        return at == runs.end()
            ? QStringLiteral("–")
            : QString::fromStdString(
                differing.values[static_cast<std::size_t>(at - runs.begin())][setting]);
    }
};

void add_settings(std::vector<RunColumn>& columns, const std::vector<ComparedRun>& runs)
{
    const auto settings = std::make_shared<const Settings>(runs);
    for (std::size_t i = 0; i < settings->differing.names.size(); ++i) {
        const QString name = QString::fromStdString(settings->differing.names[i]);
        if (name == QStringLiteral("circuit.method"))
            continue; // a column of its own
        const auto text = [settings, i](const ComparedRun& run) {
            return settings->value(run.summary.id, i);
        };
        const auto value = [text](const ComparedRun& run) {
            bool number = false;
            const double parsed = text(run).toDouble(&number);
            return number ? parsed : unknown;
        };
        const bool numbers = std::ranges::all_of(runs, [&](const ComparedRun& run) {
            return is_imported(run.summary.description) || std::isfinite(value(run));
        });
        const QString tip = Words::tr("a setting in which the runs differ");
        columns.push_back(
            numbers ? listed_column(name, tip, value, text) : text_column(name, tip, text));
    }
}

void add_figures(std::vector<RunColumn>& columns, const std::vector<ComparedRun>& runs)
{
    for (const SuiteMeasure& figure : figures_of(runs)) {
        const QString title = title_of_figure(figure);
        const Measure measure = measure_named(figure.measure);
        columns.push_back(measured(measure, Words::tr("%1\nbefore").arg(title),
            Words::tr("%1, before").arg(title), Words::tr("at the first evaluation"),
            [figure](const ComparedRun& run, double) { return before(run, figure); }));
        columns.push_back(measured(measure, Words::tr("\nafter"), Words::tr("%1, after").arg(title),
            Words::tr("at the last evaluation"), [figure](const ComparedRun& run, double until) {
                return after(run, figure, until);
            }));
        columns.push_back(as_axis(measured(measure, title, Words::tr("%1, change").arg(title), {},
            [figure](const ComparedRun& run, double until) {
                return after(run, figure, until) - before(run, figure);
            })));
    }
    const QString title = Words::tr("capabilities, mean accuracy");
    const auto mean_after = [](const ComparedRun& run, double until) {
        return mean_accuracy(
            run, [&](const SuiteMeasure& measure) { return after(run, measure, until); });
    };
    const auto mean_before = [](const ComparedRun& run, double) {
        return mean_accuracy(run, [&](const SuiteMeasure& measure) { return before(run, measure); });
    };
    columns.push_back(as_axis(measured(
        measures::accuracy, title, Words::tr("%1, after").arg(title), {}, mean_after)));
    columns.push_back(as_axis(measured(measures::accuracy, title, Words::tr("%1, change").arg(title),
        {}, [mean_after, mean_before](const ComparedRun& run, double until) {
            return mean_after(run, until) - mean_before(run, until);
        })));
}

void add_costs(std::vector<RunColumn>& columns)
{
    Measure tunable = measures::tunable_ratio;
    tunable.better = Better::lower;
    columns.push_back(measured(tunable, Words::tr("tunable"), Words::tr("tunable"),
        Words::tr("share of the parameters that could change, mean over the run"),
        [](const ComparedRun& run, double) { return mean(run.curves->tunable_ratio()); }));
    columns.push_back(measured(measures::seconds, Words::tr("time per step"),
        Words::tr("time per step"), Words::tr("evaluations included"),
        [](const ComparedRun& run, double) { return run.seconds_per_step; }));
    const Measure steps{ "steps", "", "", Notation::whole, 0, Better::lower };
    columns.push_back(as_axis(measured(steps, Words::tr("steps"), Words::tr("steps taken"), {},
        [](const ComparedRun& run, double until) {
            return std::min(until, static_cast<double>(run.curves->last_step()));
        })));
    columns.push_back(text_column(Words::tr("state"), {}, [](const ComparedRun& run) {
        RunRow row;
        row.summary = run.summary;
        return state_text(row);
    }));
}

} // namespace

std::vector<RunColumn> columns_of(const std::vector<ComparedRun>& runs)
{
    std::vector<RunColumn> columns;
    add_identity(columns);
    add_settings(columns, runs);
    add_figures(columns, runs);
    add_costs(columns);
    return columns;
}

std::vector<std::vector<std::size_t>> groups_of(
    const std::vector<ComparedRun>& runs, Grouping grouping)
{
    const Settings settings(runs);
    const auto key = [&](const ComparedRun& run) -> QString {
        const RunDescription& is = run.summary.description;
        if (grouping == Grouping::none)
            return QString::number(run.summary.id.value);
        QString text = QString::fromStdString(is.method);
        if (grouping == Grouping::method)
            return text;
        if (is_imported(is))
            return text + QString::fromStdString(is.name);
        for (std::size_t i = 0; i < settings.differing.names.size(); ++i)
            text += u'\n' + settings.value(run.summary.id, i);
        return text;
    };
    std::vector<QString> keys;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const QString of_run = key(runs[i]);
        const auto at = std::ranges::find(keys, of_run) - keys.begin();
        if (at == static_cast<std::ptrdiff_t>(keys.size())) {
            keys.push_back(of_run);
            groups.emplace_back();
        }
        groups[static_cast<std::size_t>(at)].push_back(i);
    }
    return groups;
}

QString name_of_group(const std::vector<ComparedRun>& runs, const std::vector<std::size_t>& group,
    Grouping grouping)
{
    const ComparedRun& first = runs[group.front()];
    const RunDescription& is = first.summary.description;
    if (grouping == Grouping::none || (grouping == Grouping::settings && is_imported(is)))
        return QString::fromStdString(is.name);
    const QString method = QString::fromStdString(is.method);
    if (grouping == Grouping::method)
        return method;
    QStringList values{ method };
    const Settings settings(runs);
    for (std::size_t i = 0; i < settings.differing.names.size(); ++i)
        if (settings.differing.names[i] != "circuit.method") {
            const QString name = QString::fromStdString(settings.differing.names[i]);
            values << name.section(u'.', -1) + u' ' + settings.value(first.summary.id, i);
        }
    return values.join(QStringLiteral(", "));
}

double first_step_at(const ComparedRun& run, const RunColumn& column, double reached)
{
    for (const int step : run.curves->evaluation_steps()) {
        const double value = column.value(run, step);
        if (column.better == Better::lower ? value <= reached : value >= reached)
            return step;
    }
    return unknown;
}

} // namespace circuitloom::ui
