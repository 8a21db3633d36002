#pragma once

#include "core/layout/circuit_layout.h"
#include "ui/circuit/circuit_drawing.h"

#include <QString>

namespace circuitloom::ui {

/// What stands in the place of a circuit while there is none: one line of text over a faint
/// lattice.
class CircuitPlaceholder
{
public:
    CircuitPlaceholder();

    void set_text(const QString& text) { text_ = text; }
    /// Without a text nothing stands in for an empty circuit.
    bool has_text() const { return !text_.isEmpty(); }
    /// The lattice where there is no graph whose layout could be drawn.
    const CircuitLayout& lattice() const { return lattice_; }
    /// Over `layout`, else, where it is null, over lattice().
    Drawing drawing(const CircuitLayout* layout, const Theme& theme, const QSizeF& size,
        const CircuitPaintOptions& options) const;

private:
    QString text_;
    CircuitLayout lattice_;
};

} // namespace circuitloom::ui
