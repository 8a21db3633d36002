#pragma once

#include <QSize>

#include <functional>

class QWidget;

namespace circuitloom::ui {

/// How large the program's texts are, as a share of the desktop's own size. It is the size of the
/// application's font, so there is one for all windows. For the window's thread.
double text_scale();
/// From now on; `scale` is above 0. Texts of every widget change with it, what was laid out for them
/// only where someone follows (below). Nothing happens where it is the scale already.
void set_text_scale(double scale);

/// A length in pixels that holds text, at the scale of the texts.
int scaled(int pixels);
QSize scaled(const QSize& pixels);

/// Calls `lay_out` now and soon after each change of the size of the texts, as long as `widget`
/// lives.
void follow_text_scale(QWidget& widget, std::function<void()> lay_out);

} // namespace circuitloom::ui
