#pragma once

#include "ui/curves/plotted_run.h"
#include "ui/session/horizontal_axis.h"

#include <QString>

#include <span>

namespace circuitloom::ui {

/// A place on a horizontal axis in words, as in "step 120", "iteration 12.4", "3 min 20 s".
QString place_text(AxisQuantity quantity, double place);
/// The same without the quantity's name where the unit says nothing, as in "120".
QString place_number(AxisQuantity quantity, double place);
/// What the quantity is called in a list.
QString title_of(AxisQuantity quantity);
/// Of which runs the file does not hold that quantity, as a sentence; empty where it holds all.
QString note_on_places(std::span<const PlottedRun> runs, AxisQuantity quantity);
/// Places between which there are others: of a run's time and of iterations.
bool is_continuous(AxisQuantity quantity);

} // namespace circuitloom::ui
