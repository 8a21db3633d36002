#pragma once

#include <QString>
#include <QTextCursor>

#include <vector>

class QTextEdit;

namespace circuitloom::ui {

/// How often `text` stands in `page`, in capitals or not.
int occurrences(const QString& page, const QString& text);

/// Finds a text in the page that a QTextEdit shows: marks every place where it stands, and goes
/// from one to the next.
class PageFinder
{
public:
    explicit PageFinder(QTextEdit& page);

    /// Marks the places of `text` in what is shown now and chooses none; an empty text has none.
    void look_for(const QString& text);
    /// The same, and goes to the place nearest below the one chosen before, or to the first in
    /// sight.
    void go_to(const QString& text);
    /// Goes a place further, or back; from none to the first that is in sight, or the one before
    /// it. False where there is no further one, and then stays.
    bool step(bool forward);
    /// The first place of the page, or the last.
    void go_to_end(bool last);
    /// Paints the marks in the palette's colours again.
    void paint();

    int count() const { return static_cast<int>(places_.size()); }
    int current() const { return current_; } ///< counted from 0; -1 for none

private:
    void choose(int place);
    int first_from(int position) const;
    int top_position() const;

    QTextEdit& page_;
    std::vector<QTextCursor> places_;
    int current_ = -1;
};

} // namespace circuitloom::ui
