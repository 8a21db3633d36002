#pragma once

#include "ui/session/horizontal_axis.h"

#include <QString>

namespace circuitloom::ui {

/// A place on a horizontal axis in words, as in "step 120", "iteration 12.4", "3 min 20 s".
QString place_text(AxisQuantity quantity, double place);
/// The same without the quantity's name where the unit says nothing, as in "120".
QString place_number(AxisQuantity quantity, double place);
/// What the quantity is called in a list.
QString title_of(AxisQuantity quantity);
/// Places between which there are others: of a run's time and of iterations.
bool is_continuous(AxisQuantity quantity);

} // namespace circuitloom::ui
