#include "app/gui/option_values.h"

#include "core/base/error.h"

#include <QStringList>

#include <cmath>

namespace circuitloom {

void refuse_option(const char* option, const QString& takes, const QString& given)
{
    throw InputError(QStringLiteral("--%1 takes %2, not \"%3\".")
                         .arg(QLatin1String(option), takes, given)
                         .toStdString());
}

int OptionValues::whole(const char* option, int least, int fallback) const
{
    if (!has(option) && text(option).isEmpty())
        return fallback;
    bool good = false;
    const int value = text(option).toInt(&good);
    if (!good || value < least)
        refuse_option(option, QStringLiteral("a whole number from %1").arg(least), text(option));
    return value;
}

double OptionValues::number(const char* option, double fallback) const
{
    if (!has(option))
        return fallback;
    bool good = false;
    const double value = text(option).toDouble(&good);
    if (!good || !(value > 0) || !std::isfinite(value))
        refuse_option(option, QStringLiteral("a number above 0"), text(option));
    return value;
}

std::pair<int, int> OptionValues::pair(const char* option, QChar between, int least) const
{
    const QStringList parts = text(option).split(between);
    bool good_first = false;
    bool good_second = false;
    const int first = parts.front().toInt(&good_first);
    const int second = parts.back().toInt(&good_second);
    if (parts.size() != 2 || !good_first || !good_second || first < least || second < least)
        refuse_option(
            option, QStringLiteral("two whole numbers as in 12%1345").arg(between), text(option));
    return { first, second };
}

std::size_t OptionValues::word(const char* option, std::initializer_list<const char*> words) const
{
    QStringList all;
    for (const char* word : words)
        all << QLatin1String(word);
    const qsizetype found = all.indexOf(text(option));
    if (found < 0)
        refuse_option(option, all.join(QStringLiteral(", ")), text(option));
    return static_cast<std::size_t>(found);
}

} // namespace circuitloom
