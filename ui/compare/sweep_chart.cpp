#include "ui/compare/sweep_chart.h"

#include "core/run/differing_settings.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/run/run_measures.h"
#include "ui/base/measure_text.h"
#include "ui/compare/column_box.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double decades = 20; ///< how many times the least value the greatest is, for a logarithm

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SweepChart)
};

/// The runs that a chart shows, and in what they differ.
struct FinishedRuns
{
    std::vector<const ComparedRun*> runs;
    DifferingSettings settings;
    int left_out = 0;
    int unreadable = 0;

    explicit FinishedRuns(const std::vector<ComparedRun>& all)
    {
        std::vector<RunConfig> configs;
        for (const ComparedRun& run : all) {
            if (is_imported(run.summary.description) || is_observed(run.summary.description))
                continue; // nothing was tuned
            if (run.summary.state != RunState::finished) {
                ++left_out;
                continue;
            }
            if (!run.configured) {
                ++unreadable;
                continue;
            }
            runs.push_back(&run);
            configs.push_back(run.config);
        }
        settings = differing_settings(configs);
    }

    /// The setting's place among those that differ; their number where it is none of them.
    std::size_t place_of(const QString& setting) const
    {
        return static_cast<std::size_t>(
            std::ranges::find(settings.names, setting.toStdString()) - settings.names.begin());
    }

    QStringList values(std::size_t setting) const
    {
        QStringList all;
        for (const auto& of_run : settings.values)
            all << QString::fromStdString(of_run[setting]);
        return all;
    }

    /// All settings that differ but one, as a series is called.
    QString others(std::size_t run, std::size_t but) const
    {
        QStringList words;
        for (std::size_t i = 0; i < settings.names.size(); ++i)
            if (i != but)
                words << QString::fromStdString(settings.names[i]).section(u'.', -1) + u' '
                        + QString::fromStdString(settings.values[run][i]);
        return words.join(QStringLiteral(", "));
    }
};

/// Nothing where one of the texts is no number.
std::vector<double> numbers(const QStringList& texts)
{
    std::vector<double> values;
    for (const QString& text : texts) {
        bool good = false;
        values.push_back(text.toDouble(&good));
        if (!good || !std::isfinite(values.back()))
            return {};
    }
    return values;
}

std::vector<double> numbers_of(const std::vector<ComparedRun>& runs, const QString& setting)
{
    const FinishedRuns finished(runs);
    const std::size_t place = finished.place_of(setting);
    return place == finished.settings.names.size() ? std::vector<double>()
                                                   : numbers(finished.values(place));
}

std::vector<double> sorted_once(std::vector<double> values)
{
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
    return values;
}

QString with_digits(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

QStringList swept_settings(const std::vector<ComparedRun>& runs)
{
    const FinishedRuns finished(runs);
    std::vector<std::pair<qsizetype, QString>> found;
    for (std::size_t i = 0; i < finished.settings.names.size(); ++i) {
        QStringList values = finished.values(i);
        values.removeDuplicates();
        found.emplace_back(values.size(), QString::fromStdString(finished.settings.names[i]));
    }
    std::ranges::stable_sort(
        found, std::greater{}, [](const auto& one) { return one.first; });
    QStringList names;
    for (const auto& one : found)
        names << one.second;
    return names;
}

bool has_logarithm(const std::vector<ComparedRun>& runs, const QString& setting)
{
    const std::vector<double> values = numbers_of(runs, setting);
    return !values.empty()
        && std::ranges::all_of(values, [](double value) { return value > 0; });
}

bool spans_decades(const std::vector<ComparedRun>& runs, const QString& setting)
{
    const std::vector<double> values = numbers_of(runs, setting);
    return has_logarithm(runs, setting)
        && std::ranges::max(values) >= decades * std::ranges::min(values);
}

SweepChart sweep_chart(const std::vector<ComparedRun>& runs, const QString& setting,
    const std::vector<RunColumn>& measures, bool logarithmic)
{
    const FinishedRuns finished(runs);
    SweepChart chart;
    chart.setting = setting;
    chart.left_out = finished.left_out;
    chart.unreadable = finished.unreadable;
    const std::size_t place = finished.place_of(setting);
    if (place == finished.settings.names.size())
        return chart;
    const QStringList texts = finished.values(place);
    std::vector<double> x = numbers(texts);
    if (x.empty()) {
        chart.words = texts;
        chart.words.removeDuplicates();
        for (const QString& text : texts)
            x.push_back(static_cast<double>(chart.words.indexOf(text)));
    }
    chart.ticks = sorted_once(x);
    chart.logarithmic = logarithmic && has_logarithm(runs, setting);

    QStringList series;
    std::vector<qsizetype> series_of;
    for (std::size_t run = 0; run < finished.runs.size(); ++run) {
        const QString name = finished.others(run, place);
        if (!series.contains(name))
            series << name;
        series_of.push_back(series.indexOf(name));
    }
    for (const RunColumn& column : measures) {
        SweepMeasure& measure = chart.measures.emplace_back();
        measure.column = column;
        for (const ComparedRun* run : finished.runs)
            measure.values.push_back(column.value(*run, at_the_end));
        for (qsizetype i = 0; i < series.size(); ++i) {
            std::vector<double> y = measure.values;
            for (std::size_t run = 0; run < y.size(); ++run)
                if (series_of[run] != i)
                    y[run] = unknown;
            measure.series.push_back({ series[i], sweep_points(x, y) });
        }
    }
    return chart;
}

std::vector<std::size_t> first_measures(
    const std::vector<ComparedRun>& runs, const std::vector<RunColumn>& columns)
{
    std::vector<std::size_t> chosen;
    const auto add = [&](const QString& begins, const QString& ends) {
        const int column = column_like(columns, begins, ends);
        if (column >= 0)
            chosen.push_back(static_cast<std::size_t>(column));
        return column >= 0;
    };
    const QString after = QStringLiteral("/after");
    add(QStringLiteral("tunable"), QString());
    for (const ComparedRun& run : runs)
        if (add(QLatin1String(RunColumn::task_key),
                u'/' + QString::fromStdString(std::string(run.curves->metric_measure().name))
                    + after))
            break;
    if (!add(QString(),
            u'/' + QString::fromStdString(std::string(measures::perplexity.name)) + after))
        add(QLatin1String(RunColumn::capabilities_key), after);
    return chosen;
}

QString sweep_text(const SweepChart& chart, TableLayout layout)
{
    std::vector<TextColumn> columns{ { chart.setting.toStdString(), chart.words.isEmpty() } };
    const bool several = !chart.measures.empty() && chart.measures.front().series.size() > 1;
    if (several)
        columns.push_back({ Words::tr("other settings").toStdString(), false });
    for (const SweepMeasure& measure : chart.measures) {
        const QString title = measure.column.full_title;
        columns.push_back({ Words::tr("%1: mean").arg(title).toStdString(), true });
        columns.push_back({ Words::tr("%1: standard deviation").arg(title).toStdString(), true });
        columns.push_back({ Words::tr("%1: runs").arg(title).toStdString(), true });
    }
    std::vector<std::vector<std::string>> rows;
    const std::size_t series = chart.measures.empty() ? 0 : chart.measures.front().series.size();
    for (std::size_t i = 0; i < series; ++i)
        for (const double x : chart.ticks) {
            std::vector<std::string> row{ (chart.words.isEmpty()
                    ? with_digits(x)
                    : chart.words[static_cast<qsizetype>(x)])
                                              .toStdString() };
            if (several)
                row.push_back(chart.measures.front().series[i].name.toStdString());
            bool any = false;
            for (const SweepMeasure& measure : chart.measures) {
                const auto& points = measure.series[i].points;
                const auto point = std::ranges::find(points, x, &SweepPoint::x);
                const bool known = point != points.end();
                any = any || known;
                row.push_back(known ? with_digits(point->y.mean).toStdString() : "");
                row.push_back(known ? with_digits(point->y.deviation).toStdString() : "");
                row.push_back(known ? std::to_string(point->y.count) : "");
            }
            if (any)
                rows.push_back(std::move(row));
        }
    return QString::fromStdString(table_text(columns, rows, layout));
}

} // namespace circuitloom::ui
