#pragma once

#include "ui/transfer/figure_text.h"

#include <optional>

class QComboBox;
class QWidget;

namespace circuitloom::ui {

/// A box for the figure of a study that is shown; `name` is its name as an object.
QComboBox* measure_choice(const QString& name, QWidget* parent);
/// Offers what the study was measured in; what was chosen stays so where it is there. Emits no
/// signal.
void offer_measures(QComboBox& box, const StudyTable& table);
/// Nothing where the box offers none.
std::optional<SuiteMeasure> chosen_measure(const QComboBox& box);

} // namespace circuitloom::ui
