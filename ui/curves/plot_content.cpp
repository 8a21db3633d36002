#include "ui/curves/plot_content.h"

#include <QLocale>

#include <cmath>

namespace circuitloom::ui {

QString value_text(double value, ValueFormat format, int decimals)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    const bool percent = format == ValueFormat::percent;
    QString text = QLocale::c().toString(percent ? value * 100 : value, 'f', decimals);
    text.replace(u'-', QChar(0x2212));
    return percent ? QString(text + QStringLiteral(" %")) : text;
}

} // namespace circuitloom::ui
