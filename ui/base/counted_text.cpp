#include "ui/base/counted_text.h"

#include <QCoreApplication>

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

} // namespace circuitloom::ui
