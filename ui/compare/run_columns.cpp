#include "ui/compare/run_columns.h"

#include "core/analysis/circuit_measures.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/compare/compared_settings.h"
#include "ui/compare/suite_figures.h"
#include "ui/runs/run_row.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RunComparison)
};

using Kind = RunColumn::Kind;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double mean(const Curve& curve, double until)
{
    double sum = 0;
    int count = 0;
    for (const CurvePoint& point : curve)
        if (point.step <= until) {
            sum += point.value;
            ++count;
        }
    return count == 0 ? unknown : sum / count;
}

double seconds_per_step_until(const ComparedRun& run, double until)
{
    const StepPlaces seconds = run.curves->places(AxisQuantity::wall_time);
    if (!std::isfinite(until) || !seconds.known())
        return run.seconds_per_step;
    return until > 0 ? seconds.of(until) / until : unknown;
}

const QString before_end = QStringLiteral("/before");
const QString after_end = QStringLiteral("/after");
const QString change_end = QStringLiteral("/change");

QString key_of(const SuiteMeasure& figure)
{
    return QLatin1String(figure.task ? RunColumn::task_key : "suite/")
        + QString::fromStdString(figure.suite) + u'/' + QString::fromStdString(figure.measure);
}

QString title_of_figure(const SuiteMeasure& measure)
{
    const QString suite = title_of_suite(measure.suite);
    return measure.measure == measures::accuracy.name && !measure.task
        ? suite
        : suite + QStringLiteral(": ") + title_of(measure_of(measure.suite, measure.measure));
}

RunColumn text_column(const QString& key, const QString& title, const QString& tip,
    std::function<QString(const ComparedRun&)> text)
{
    RunColumn column;
    column.key = key;
    column.title = column.full_title = title;
    column.tip = tip;
    column.kind = Kind::text;
    column.text = std::move(text);
    return column;
}

RunColumn listed_column(const QString& key, const QString& title, const QString& tip,
    std::function<double(const ComparedRun&)> value, std::function<QString(const ComparedRun&)> text)
{
    RunColumn column = text_column(key, title, tip, std::move(text));
    column.kind = Kind::listed;
    column.value = [value = std::move(value)](const ComparedRun& run, double) { return value(run); };
    return column;
}

RunColumn measured(const QString& key, const Measure& measure, const QString& title,
    const QString& full_title, const QString& tip,
    std::function<double(const ComparedRun&, double)> value)
{
    RunColumn column;
    column.key = key;
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
    columns.push_back(text_column(QStringLiteral("name"), Words::tr("run"), Words::tr("its name"),
        [](const ComparedRun& run) { return QString::fromStdString(run.summary.description.name); }));
    columns.push_back(text_column(
        QStringLiteral("method"), Words::tr("method"), {}, [](const ComparedRun& run) {
            return QString::fromStdString(run.summary.description.method);
        }));
    columns.push_back(listed_column(
        QStringLiteral("seed"), Words::tr("seed"), {},
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
        QStringLiteral("steps"), Words::tr("steps"), Words::tr("updates done"),
        [](const ComparedRun& run) { return run.summary.steps_done; },
        [](const ComparedRun& run) { return QString::number(run.summary.steps_done); }));
}

void add_settings(std::vector<RunColumn>& columns, const std::vector<ComparedRun>& runs)
{
    const auto settings = std::make_shared<const ComparedSettings>(runs);
    for (std::size_t i = 0; i < settings->names().size(); ++i) {
        const QString name = QString::fromStdString(settings->names()[i]);
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
            return !run.configured || std::isfinite(value(run));
        });
        const QString tip = Words::tr("a setting in which the runs differ");
        const QString key = QStringLiteral("setting/") + name;
        columns.push_back(numbers ? listed_column(key, name, tip, value, text)
                                  : text_column(key, name, tip, text));
    }
}

void add_figures(std::vector<RunColumn>& columns, const std::vector<ComparedRun>& runs)
{
    for (const SuiteMeasure& figure : suite_measures(runs)) {
        const QString title = title_of_figure(figure);
        const QString key = key_of(figure);
        const Measure measure = measure_named(figure.measure);
        columns.push_back(measured(key + before_end, measure, Words::tr("%1\nbefore").arg(title),
            Words::tr("%1, before").arg(title), Words::tr("at the first evaluation"),
            [figure](const ComparedRun& run, double) { return figure_before(run, figure); }));
        columns.push_back(measured(key + after_end, measure, Words::tr("\nafter"),
            Words::tr("%1, after").arg(title), Words::tr("at the last evaluation"),
            [figure](const ComparedRun& run, double until) {
                return figure_after(run, figure, until);
            }));
        columns.push_back(as_axis(measured(key + change_end, measure, title,
            Words::tr("%1, change").arg(title), {},
            [figure](const ComparedRun& run, double until) {
                return figure_after(run, figure, until) - figure_before(run, figure);
            })));
    }
    const QString title = Words::tr("capabilities, mean accuracy");
    const QString key = QLatin1String(RunColumn::capabilities_key);
    columns.push_back(as_axis(measured(key + after_end, measures::accuracy, title,
        Words::tr("%1, after").arg(title), {}, mean_accuracy_after)));
    columns.push_back(as_axis(measured(key + change_end, measures::accuracy, title,
        Words::tr("%1, change").arg(title), {},
        [](const ComparedRun& run, double until) {
            return mean_accuracy_after(run, until) - mean_accuracy_before(run);
        })));
}

/// How the run went: its last loss, and means over its iterations and steps.
void add_course(std::vector<RunColumn>& columns)
{
    columns.push_back(measured(QStringLiteral("loss"), measures::loss, Words::tr("loss"),
        Words::tr("loss"), Words::tr("of the last batch, before its update"),
        [](const ComparedRun& run, double until) { return value_at(run.curves->loss(), until); }));
    const auto add_mean = [&columns](const QString& key, const Measure& measure,
                              const QString& title, const QString& tip,
                              const Curve& (CurveData::*curve)() const) {
        columns.push_back(measured(key, measure, title, title, tip,
            [curve](const ComparedRun& run, double until) {
                return mean(((*run.curves).*curve)(), until);
            }));
    };
    add_mean(QStringLiteral("turnover"), measures::turnover, Words::tr("turnover"),
        Words::tr("share of a circuit's edges that the one before lacks, mean over the run"),
        &CurveData::turnover);
    add_mean(QStringLiteral("jaccard"), measures::edge_jaccard, Words::tr("Jaccard"),
        Words::tr("of a circuit and the one before, mean over the run"), &CurveData::jaccard);
    add_mean(QStringLiteral("stability"), measures::stability, Words::tr("stability"),
        Words::tr("mean Jaccard index of two resamples' circuits, mean over the circuits that were "
                  "resampled"),
        &CurveData::stability);
    add_mean(QStringLiteral("learning rate"), measures::learning_rate, Words::tr("learning rate"),
        Words::tr("mean over the steps"), &CurveData::learning_rate);
}

void add_costs(std::vector<RunColumn>& columns)
{
    Measure tunable = measures::tunable_ratio;
    tunable.better = Better::lower;
    columns.push_back(measured(QStringLiteral("tunable"), tunable, Words::tr("tunable"),
        Words::tr("tunable"), Words::tr("share of the parameters that could change, mean over the run"),
        [](const ComparedRun& run, double until) {
            return mean(run.curves->tunable_ratio(), until);
        }));
    columns.push_back(measured(QStringLiteral("seconds"), measures::seconds,
        Words::tr("time per step"), Words::tr("time per step"), Words::tr("evaluations included"),
        seconds_per_step_until));
    const Measure steps{ "steps", "", "", Notation::whole, 0, Better::lower };
    columns.push_back(as_axis(measured(QStringLiteral("steps taken"), steps, Words::tr("steps"),
        Words::tr("steps taken"), {}, [](const ComparedRun& run, double until) {
            return std::min(until, static_cast<double>(run.curves->last_step()));
        })));
    columns.push_back(
        text_column(QStringLiteral("state"), Words::tr("state"), {}, [](const ComparedRun& run) {
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
    add_course(columns);
    add_costs(columns);
    return columns;
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
