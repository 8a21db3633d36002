#include "ui/curves/axis_text.h"

#include "core/base/number_text.h"
#include "core/base/written_factor.h"
#include "ui/base/measure_text.h"

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

/// Longer plain numbers make room for powers of ten.
constexpr qsizetype longest_plain = 6;

QString plain_text(double number, int exponent)
{
    return shown_number(fixed(number, std::clamp(-exponent, 0, 20)));
}

/// As in "1.5e6", exact to the decimal place `exponent`.
QString power_text(double number, int exponent)
{
    if (std::abs(number) < std::pow(10.0, exponent) / 2)
        return QStringLiteral("0");
    const int size = static_cast<int>(std::floor(std::log10(std::abs(number)) + 1e-9));
    const QString text = QString::number(number, 'e', std::clamp(size - exponent, 0, 12));
    QString digits = text.section(u'e', 0, 0);
    if (digits.contains(u'.')) {
        while (digits.endsWith(u'0'))
            digits.chop(1);
        if (digits.endsWith(u'.'))
            digits.chop(1);
    }
    digits += u'e' + QString::number(text.section(u'e', 1).toInt());
    return shown_number(digits.toStdString());
}

/// To so many significant digits, whatever the size, as in "0.0025" or "2.5e−7".
QString significant_text(double number, int digits)
{
    if (number == 0)
        return QStringLiteral("0");
    const int size = static_cast<int>(std::floor(std::log10(std::abs(number)) + 1e-9));
    constexpr int largest_plain = 4; // of five digits
    constexpr int smallest_plain = -4;
    const int last = size - digits + 1;
    return size < smallest_plain || size > largest_plain ? power_text(number, last)
                                                         : plain_text(number, last);
}

qsizetype longest(const AxisScale& scale, QString (*write)(double, int))
{
    qsizetype length = 0;
    for (const double tick : scale.ticks)
        length = std::max(length, write(tick, scale.exponent).size());
    return length;
}

} // namespace

AxisText::AxisText(Notation notation, const AxisScale& scale)
    : notation_(notation)
    , scale_(scale)
{
    if (scale.logarithmic)
        return;
    const qsizetype plain = longest(scale, plain_text);
    powers_ = plain > longest_plain && longest(scale, power_text) < plain;
}

QString AxisText::finite_text(double shown, int finer) const
{
    const int exponent = scale_.exponent - finer;
    const QString number = scale_.logarithmic ? significant_text(shown, 1 + finer)
        : powers_                             ? power_text(shown, exponent)
                                              : plain_text(shown, exponent);
    return notation_ == Notation::percent ? number + QStringLiteral(" %") : number;
}

QString AxisText::tick(double value) const
{
    return finite_text(value * written_factor(notation_), 0);
}

QString AxisText::text(double value, int finer) const
{
    if (std::isnan(value))
        return QStringLiteral("–");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    return finite_text(value * written_factor(notation_), finer);
}

std::vector<QString> AxisText::widest() const
{
    const double finest = std::pow(10.0, scale_.exponent - 1);
    std::vector<QString> texts;
    if (scale_.logarithmic) {
        for (const double tick : scale_.ticks)
            texts.push_back(finite_text(tick * 1.1, 1));
        return texts;
    }
    for (const double tick : scale_.ticks)
        for (const double near : { tick - finest, tick, tick + finest })
            texts.push_back(finite_text(near, 1));
    return texts;
}

} // namespace circuitloom::ui
