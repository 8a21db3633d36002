#include "ui/circuit/circuit_placeholder.h"

#include "core/layout/lattice_layout.h"
#include "ui/theme/color_mix.h"

#include <QCoreApplication>

namespace circuitloom::ui {

CircuitPlaceholder::CircuitPlaceholder()
    : text_(QCoreApplication::translate("CircuitView", "No circuit yet"))
    , lattice_(lattice_layout(ComputationalGraph({ 4, 8, 8, 512 }, { GraphKind::full, 32 })))
{
}

Drawing CircuitPlaceholder::drawing(const CircuitLayout* layout, const Theme& theme,
    const QSizeF& size, const CircuitPaintOptions& options) const
{
    Drawing drawing = lattice_drawing(layout ? *layout : lattice_, theme, size, options);
    const QRectF whole(QPointF(), size);
    DrawnShape veil;
    veil.rect = whole;
    veil.fill = faded(theme.window, 0.55).rgba();
    DrawnLabel words;
    words.rect = whole;
    words.text = text_;
    words.size = 15;
    words.color = theme.dimText.rgba();
    drawing.layers.push_back({ QStringLiteral("placeholder"), { veil }, {}, { words } });
    return drawing;
}

} // namespace circuitloom::ui
