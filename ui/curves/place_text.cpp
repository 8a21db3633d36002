#include "ui/curves/place_text.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"

#include <QCoreApplication>

#include <cmath>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("PlotWidget", text);
}

} // namespace

bool is_continuous(AxisQuantity quantity)
{
    return quantity == AxisQuantity::wall_time || quantity == AxisQuantity::iteration;
}

QString place_number(AxisQuantity quantity, double place)
{
    if (quantity == AxisQuantity::wall_time)
        return place < 60 ? QString::number(place, 'f', place < 10 ? 1 : 0) + QStringLiteral(" s")
                          : shown_number(duration(place));
    // An iteration as a whole number where it is one.
    const double tenth = std::round(place * 10) / 10;
    if (quantity == AxisQuantity::iteration && tenth != std::round(tenth))
        return QString::number(tenth, 'f', 1);
    return QString::number(std::llround(place));
}

QString place_text(AxisQuantity quantity, double place)
{
    const QString number = place_number(quantity, place);
    switch (quantity) {
    case AxisQuantity::step:
        return tr("step %1").arg(number);
    case AxisQuantity::iteration:
        return tr("iteration %1").arg(number);
    case AxisQuantity::examples:
        return tr("%1 examples").arg(number);
    case AxisQuantity::wall_time:
        break;
    }
    return number;
}

QString title_of(AxisQuantity quantity)
{
    switch (quantity) {
    case AxisQuantity::step:
        return tr("Step");
    case AxisQuantity::iteration:
        return tr("Iteration");
    case AxisQuantity::examples:
        return tr("Examples seen");
    case AxisQuantity::wall_time:
        break;
    }
    return tr("Wall time");
}

} // namespace circuitloom::ui
