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

/// Drawn rather than loaded, so that they are sharp at any size and take the theme's colour.
QIcon transport_icon(TransportSymbol symbol, const QColor& color);

} // namespace circuitloom::ui
