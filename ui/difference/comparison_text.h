#pragma once

#include "ui/difference/compared_circuits.h"

#include <QString>

namespace circuitloom::ui {

/// As in "A: Run 1, iteration 12, step 24".
QString name_of(const QString& side, const ComparedCircuit& circuit);
/// The figures of a difference as a small table in rich text.
QString figures_of(const ComparedCircuits& found);
/// Why there is no counterpart of A in B's run, in a sentence.
QString why_no_counterpart(const ComparedCircuits& found);

} // namespace circuitloom::ui
