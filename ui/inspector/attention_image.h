#pragma once

#include "ui/theme/theme.h"

#include <QImage>

#include <span>

namespace circuitloom::ui {

/// Weights, [position, position] row by row, each −1…1, as a picture with a colour number for each
/// pair: rows look, columns are looked at, and none is looked at from before it. Of more positions
/// than `most_side` a pixel stands for several and shows the greatest |weight|, so that the picture
/// of a long text is no larger.
QImage attention_image(std::span<const float> weights, int positions, int most_side);

/// Small shares would hardly be seen on a scale in proportion: colours go with the root of a weight.
QColor attention_color(double weight, bool difference, const Theme& theme);

/// The colours of the picture's numbers. `nothing` is that of what is not looked at.
void set_attention_colors(
    QImage& image, bool difference, const QColor& nothing, const Theme& theme);

} // namespace circuitloom::ui
