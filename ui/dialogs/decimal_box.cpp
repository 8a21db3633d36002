#include "ui/dialogs/decimal_box.h"

namespace circuitloom::ui {

DecimalBox::DecimalBox(QWidget* parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(8);
    setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
}

QString DecimalBox::textFromValue(double value) const
{
    QString text = locale().toString(value, 'f', decimals());
    while (text.endsWith(locale().zeroDigit()))
        text.chop(1);
    if (text.endsWith(locale().decimalPoint()))
        text.chop(1);
    return text;
}

} // namespace circuitloom::ui
