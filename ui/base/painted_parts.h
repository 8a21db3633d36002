#pragma once

#include <QRectF>
#include <QString>

namespace circuitloom::ui {

/// What a widget that is painted by ourselves is made of, in words: rows of a heat strip, cells of
/// a matrix. Assistive programs are told of them one by one. For the window's thread.
class PaintedParts
{
public:
    virtual ~PaintedParts() = default;
    virtual int part_count() const = 0;
    /// `part`: 0 … part_count() - 1.
    virtual QString part_text(int part) const = 0;
    /// In pixels of the widget; perhaps outside of it, where one has to scroll.
    virtual QRectF part_rect(int part) const = 0;
};

} // namespace circuitloom::ui
