#pragma once

#include "ui/difference/compared_circuits.h"

#include <QString>

#include <cstddef>

namespace circuitloom::ui {

/// As in "A: Run 1, iteration 12, step 24".
QString name_of(const QString& side, const ComparedCircuit& circuit);
/// The figures of each circuit against A as a small table in rich text, and of three circuits or
/// more how much each two share. Empty where there is nothing to compare.
QString figures_of(const ComparedCircuits& found);
/// Why there is no counterpart of A at a place (1 is B), in a sentence.
QString why_no_counterpart(const ComparedCircuits& found, std::size_t place);

} // namespace circuitloom::ui
