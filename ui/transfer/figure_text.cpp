#include "ui/transfer/figure_text.h"

#include "core/base/number_text.h"
#include "core/run/run_measures.h"
#include "core/run/studies.h"

#include <QCoreApplication>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StudyFigures)
};

const QString dash = QStringLiteral("–");

} // namespace

QString number_or_dash(const std::optional<double>& value)
{
    return value ? QString::fromStdString(fixed(*value, 3)) : dash;
}

QString spread_or_dash(const std::optional<Spread>& spread)
{
    if (!spread)
        return dash;
    const std::string mean = fixed(spread->mean, 3);
    return QString::fromStdString(
        spread->count < 2 ? mean : mean + " ± " + fixed(spread->deviation, 3));
}

std::vector<SuiteMeasure> shown_measures(const StudyTable& table)
{
    std::vector<SuiteMeasure> measures;
    for (const SuiteMeasure& one : table.measures())
        if (!measure_of(one.first, one.second).detail)
            measures.push_back(one);
    return measures;
}

QString measure_title(const SuiteMeasure& measure)
{
    if (measure.first == change_suite)
        return Words::tr("share of the change, squared");
    return Words::tr("%1, %2").arg(QString::fromStdString(measure.first),
        QString::fromStdString(table_name(measure.first, measure.second)));
}

QString measured_text(const SuiteMeasure& measure, double value)
{
    if (measure.first == change_suite)
        return QString::fromStdString(percent(value));
    return QString::fromStdString(value_text(measure_of(measure.first, measure.second), value));
}

QString measured_text(const SuiteMeasure& measure, const std::optional<Spread>& spread)
{
    if (!spread)
        return dash;
    return QString::fromStdString(spread_text(measure_of(measure.first, measure.second), *spread));
}

} // namespace circuitloom::ui
