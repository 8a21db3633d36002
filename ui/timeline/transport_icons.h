#pragma once

#include <QColor>
#include <QIcon>

namespace circuitloom::ui {

enum class TransportSymbol
{
    first,
    previous,
    play,
    pause,
    next,
    last,
    stop
};

/// The symbol as an icon, drawn rather than loaded, so that it is sharp at any size and takes the
/// theme's colour.
QIcon transport_icon(TransportSymbol symbol, const QColor& color);

} // namespace circuitloom::ui
