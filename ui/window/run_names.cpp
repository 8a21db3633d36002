#include "ui/window/run_names.h"

#include <QRegularExpression>

namespace circuitloom::ui {

QString next_name(const QString& name, const QStringList& taken)
{
    static const QRegularExpression numbered(QStringLiteral("^(.*) (\\d{1,4})$"));
    static const QRegularExpression bracketed(QStringLiteral("^(.*) \\((\\d{1,4})\\)$"));
    QRegularExpressionMatch match = bracketed.match(name);
    bool brackets = match.hasMatch();
    if (!brackets) {
        match = numbered.match(name);
        // As runs of several seeds are called: the number is the seed's, which the copy has too.
        brackets = match.hasMatch() && match.captured(1).endsWith(QStringLiteral("seed"));
        if (brackets)
            match = {};
    }
    const QString stem = match.hasMatch() ? match.captured(1) : name;
    int number = match.hasMatch() ? match.captured(2).toInt() + 1 : 2;
    const auto numbered_name = [&] {
        return brackets ? QStringLiteral("%1 (%2)").arg(stem, QString::number(number))
                        : QStringLiteral("%1 %2").arg(stem, QString::number(number));
    };
    while (taken.contains(numbered_name()))
        ++number;
    return numbered_name();
}

} // namespace circuitloom::ui
