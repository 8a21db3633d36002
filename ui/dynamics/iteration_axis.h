#pragma once

#include "ui/theme/theme.h"

#include <QRect>
#include <QString>

#include <functional>
#include <vector>

class QPainter;

namespace circuitloom::ui {

/// Round numbers from 0 to below `count`, some `room` / `each` of them; always 0.
std::vector<int> round_ticks(int count, int room, int each);

/// Writes the numbers of iterations under a plot from x = left to right, in which each of `count`
/// iterations is as wide; into `axis`, none beyond its ends.
void paint_iteration_axis(
    QPainter& painter, const QRect& axis, int left, int right, int count, const Theme& theme);
/// The same of any numbers from 0 to below `count`, each at `x_of` it, over a plot as wide as
/// `room`. `title` says what they are.
void paint_number_axis(QPainter& painter, const QRect& axis, int count, int room,
    const std::function<double(int)>& x_of, const QString& title, const Theme& theme);

} // namespace circuitloom::ui
