#pragma once

#include <QString>

namespace circuitloom::ui {

/// A text with words from a file, as a tip: it is shown letter by letter, with its lines, and
/// nothing in it is markup, which tips otherwise guess.
QString tip_text(const QString& text);

} // namespace circuitloom::ui
