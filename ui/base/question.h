#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace circuitloom::ui {

/// A question before something that cannot be taken back.
struct Question
{
    QString title; ///< of its window
    QString text; ///< plain; what would be lost
    QString yes; ///< on the button that does it
    QString no; ///< on the one that does not, which Return and Esc press
};

/// Asks above `parent`, and calls `then` where the answer is yes. Returns at once. For the window's
/// thread.
void ask_before(QWidget& parent, const Question& question, const std::function<void()>& then);

/// The same before `dialog` is closed, in which something was written that was not saved.
void ask_to_discard_text(QWidget& dialog, const std::function<void()>& discard);

} // namespace circuitloom::ui
