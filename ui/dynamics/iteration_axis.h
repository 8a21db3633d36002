#pragma once

#include "ui/theme/theme.h"

#include <QRect>
#include <QString>

#include <vector>

class QPainter;

namespace circuitloom::ui {

/// Round numbers from 0 to below `count`, some `room` / `each` of them; always 0.
std::vector<int> round_ticks(int count, int room, int each);

/// Writes the numbers of iterations under a plot from x = left to right, in which each of `count`
/// iterations is as wide; into `axis`, none beyond its ends. `title` says what the numbers are.
void paint_iteration_axis(QPainter& painter, const QRect& axis, int left, int right, int count,
    const QString& title, const Theme& theme);
/// The same under the title "iteration".
void paint_iteration_axis(
    QPainter& painter, const QRect& axis, int left, int right, int count, const Theme& theme);

} // namespace circuitloom::ui
