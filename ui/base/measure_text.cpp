#include "ui/base/measure_text.h"

#include "core/store/records.h"
#include "ui/base/core_text.h"

#include <QCoreApplication>

#include <cmath>

namespace circuitloom::ui {

QString shown_number(const std::string& text)
{
    return QString::fromStdString(text).replace(u'-', QChar(0x2212));
}

QString signed_number(double value, int decimals)
{
    const QString text = QString::number(std::abs(value), 'f', decimals);
    if (std::abs(value) < 0.5 * std::pow(10.0, -decimals))
        return text;
    return (value < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + text;
}

QString title_of(const Measure& measure)
{
    return core_text(measure.title);
}

QString title_within(const Measure& measure)
{
    const QString title = title_of(measure);
    // Other languages have their own rules of what is written large.
    const bool english = title
        == QString::fromUtf8(measure.title.data(), static_cast<qsizetype>(measure.title.size()));
    return english ? title.toLower() : title;
}

QString title_of_suite(std::string_view suite)
{
    return suite == task_suite
        ? QCoreApplication::translate("Measures", "task")
        : QString::fromUtf8(suite.data(), static_cast<qsizetype>(suite.size()));
}

QString unit_of(const Measure& measure)
{
    return core_text(measure.unit);
}

QString shown_value(const Measure& measure, double value)
{
    return shown_value(measure.notation, value, measure.decimals);
}

QString shown_value(Notation notation, double value, int decimals)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    return shown_number(value_text(notation, value, decimals));
}

} // namespace circuitloom::ui
