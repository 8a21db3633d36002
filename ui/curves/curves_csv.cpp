#include "ui/curves/curves_csv.h"

#include "ui/base/spreadsheet_text.h"
#include "ui/curves/plot_choices.h"

#include <string_view>

namespace circuitloom::ui {

namespace {

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

void for_each_curve(std::span<const PlottedRun> runs,
    const std::function<void(const CurveName&, const Curve&)>& take)
{
    for (const PlottedRun& run : runs) {
        const CurveData& data = *run.data;
        for (const Measure& measure : run_measures(run)) {
            // A task metric is known by its name, as those of suites are; others by their unit.
            const bool metric = measure.name == data.metric_measure().name;
            if (const Curve* curve = curve_of(run, measure.name))
                take({ run.name, csv_name(measure),
                         as_text(metric ? measure.name : measure.unit) },
                    *curve);
        }
        if (run.items)
            for (const auto& [item, points] : *run.items)
                take({ run.name, QStringLiteral("score of ") + QString::fromStdString(item),
                         QString() },
                    points);
        for (const SuiteCurve& suite : data.suites())
            take({ run.name, QString::fromStdString(suite.suite),
                     QString::fromStdString(suite.measure) },
                suite.points);
    }
}

QString curves_to_csv(std::span<const PlottedRun> runs)
{
    QString csv = QStringLiteral("run,curve,measure,step,value\n");
    for_each_curve(runs, [&csv](const CurveName& name, const Curve& points) {
        append_csv(csv, name.run, name.curve, name.measure, points);
    });
    return csv;
}

} // namespace circuitloom::ui
