#include "ui/base/counted_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace circuitloom::ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(CountedText)
};

/// Qt tells an int.
int told(std::int64_t count)
{
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

} // namespace

QString nodes_text(std::int64_t count)
{
    return Words::tr("%n node(s)", nullptr, told(count));
}

QString edges_text(std::int64_t count)
{
    return Words::tr("%n edge(s)", nullptr, told(count));
}

QString circuits_text(std::int64_t count)
{
    return Words::tr("%n circuit(s)", nullptr, told(count));
}

QString count_text(std::int64_t count)
{
    if (count < 1'000'000)
        return QLocale().toString(static_cast<qlonglong>(count));
    const double millions = static_cast<double>(count) / 1e6;
    return Words::tr("%1 million").arg(millions, 0, 'f', millions < 10 ? 1 : 0);
}

} // namespace circuitloom::ui
