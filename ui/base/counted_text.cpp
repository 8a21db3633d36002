#include "ui/base/counted_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace circuitloom::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CountedText", text);
}

} // namespace

QString nodes_text(std::int64_t count)
{
    return count == 1 ? tr("1 node") : tr("%1 nodes").arg(count);
}

QString edges_text(std::int64_t count)
{
    return count == 1 ? tr("1 edge") : tr("%1 edges").arg(count);
}

QString circuits_text(std::int64_t count)
{
    return count == 1 ? tr("1 circuit") : tr("%1 circuits").arg(count);
}

QString count_text(std::int64_t count)
{
    if (count < 1'000'000)
        return QLocale().toString(static_cast<qlonglong>(count));
    const double millions = static_cast<double>(count) / 1e6;
    return tr("%1 million").arg(millions, 0, 'f', millions < 10 ? 1 : 0);
}

} // namespace circuitloom::ui
