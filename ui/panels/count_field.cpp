#include "ui/panels/count_field.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace circuitloom::ui {

QSpinBox* count_field(
    const QString& name, int value, int most, const QString& at_zero, QWidget* parent)
{
    auto* field = new QSpinBox(parent);
    field->setObjectName(name);
    field->setRange(0, most);
    field->setValue(value);
    field->setSpecialValueText(at_zero);
    field->setKeyboardTracking(false);
    return field;
}

QWidget* titled(const QString& title, QSpinBox* field, QWidget* parent)
{
    auto* together = new QWidget(parent);
    auto* row = new QHBoxLayout(together);
    row->setContentsMargins(0, 0, 0, 0);
    auto* label = new QLabel(title, together);
    label->setBuddy(field);
    row->addWidget(label);
    row->addWidget(field);
    return together;
}

} // namespace circuitloom::ui
