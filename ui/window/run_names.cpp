#include "ui/window/run_names.h"

#include <QRegularExpression>

namespace circuitloom::ui {

QString next_name(const QString& name, const QStringList& taken)
{
    static const QRegularExpression numbered(QStringLiteral("^(.*) (\\d{1,4})$"));
    const QRegularExpressionMatch match = numbered.match(name);
    const QString stem = match.hasMatch() ? match.captured(1) : name;
    int number = match.hasMatch() ? match.captured(2).toInt() + 1 : 2;
    const auto numbered_name = [&] { return QString(stem + u' ' + QString::number(number)); };
    while (taken.contains(numbered_name()))
        ++number;
    return numbered_name();
}

} // namespace circuitloom::ui
