#include "ui/curves/place_text.h"

#include "core/base/number_text.h"
#include "ui/base/measure_text.h"
#include "ui/base/quoted_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr int longest_name = 24; // characters of a run's name within a sentence

class Words
{
    Q_DECLARE_TR_FUNCTIONS(PlotWidget)
};

QString shortened(const QString& name)
{
    return name.length() <= longest_name ? name
                                         : QString(name.left(longest_name - 1) + u'…');
}

} // namespace

QString note_on_places(std::span<const PlottedRun> runs, AxisQuantity quantity)
{
    QStringList without;
    for (const PlottedRun& run : runs) // one that has hardly begun has no place on any axis
        if (run.data->places(AxisQuantity::iteration).known()
            && !run.data->places(quantity).known())
            without << quoted_text(shortened(run.name));
    if (without.isEmpty())
        return {};
    const QString which = without.size() == 1
        ? without.front()
        : Words::tr("%n run(s)", nullptr, static_cast<int>(without.size()));
    return (quantity == AxisQuantity::tokens ? Words::tr("Tokens not stored, so not drawn: %1")
                                             : Words::tr("Times not stored, so not drawn: %1"))
        .arg(which);
}

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
        return Words::tr("step %1").arg(number);
    case AxisQuantity::iteration:
        return Words::tr("iteration %1").arg(number);
    case AxisQuantity::examples:
        return Words::tr("%n example(s)", nullptr, static_cast<int>(std::llround(place)));
    case AxisQuantity::tokens:
        return Words::tr("%1 tokens").arg(number);
    case AxisQuantity::wall_time:
        break;
    }
    return number;
}

QString title_of(AxisQuantity quantity)
{
    switch (quantity) {
    case AxisQuantity::step:
        return Words::tr("Step");
    case AxisQuantity::iteration:
        return Words::tr("Iteration");
    case AxisQuantity::examples:
        return Words::tr("Examples seen");
    case AxisQuantity::tokens:
        return Words::tr("Tokens seen");
    case AxisQuantity::wall_time:
        break;
    }
    return Words::tr("Wall time");
}

} // namespace circuitloom::ui
