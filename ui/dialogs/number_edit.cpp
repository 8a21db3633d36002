#include "ui/dialogs/number_edit.h"

#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

NumberEdit::NumberEdit(bool whole, double least, double most, QWidget* parent)
    : QAbstractSpinBox(parent)
    , whole_(whole)
    , least_(least)
    , most_(most)
{
    connect(lineEdit(), &QLineEdit::textChanged, this, [this] { Q_EMIT edited(typed()); });
}

void NumberEdit::set_typed(const QString& text)
{
    if (text != typed())
        lineEdit()->setText(text);
}

void NumberEdit::stepBy(int steps)
{
    bool is_number = false;
    const double before = QLocale::c().toDouble(typed(), &is_number);
    if (!is_number)
        return;
    // A tenth of the number's size; from a power of ten downwards the next smaller one.
    double size = before == 0 ? 1 : std::pow(10, std::floor(std::log10(std::abs(before))));
    if (steps < 0 && std::abs(before) == size && before > 0)
        size /= 10;
    double step = size / 10;
    if (whole_)
        step = std::max(1.0, std::round(step));
    else if (before == 0)
        step = 0.1;
    const double after = std::clamp(before + steps * step, least_, most_);
    lineEdit()->setText(whole_ ? QLocale::c().toString(after, 'f', 0).remove(u',')
                               : QString::number(after, 'g', 6));
    selectAll();
}

} // namespace circuitloom::ui
