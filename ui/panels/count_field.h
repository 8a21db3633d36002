#pragma once

#include <QString>

class QSpinBox;
class QWidget;

namespace circuitloom::ui {

/// A field for how many, from 0 to `most`, where 0 reads `at_zero`. What is typed counts once it is
/// complete. `name` is the box's as an object.
QSpinBox* count_field(
    const QString& name, int value, int most, const QString& at_zero, QWidget* parent);

/// The field behind its title (with its key after an &), as one widget.
QWidget* titled(const QString& title, QSpinBox* field, QWidget* parent);

} // namespace circuitloom::ui
