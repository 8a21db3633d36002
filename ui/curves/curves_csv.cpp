#include "ui/curves/curves_csv.h"

#include "ui/base/spreadsheet_text.h"

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
