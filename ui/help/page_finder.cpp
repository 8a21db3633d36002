#include "ui/help/page_finder.h"

#include <QTextDocument>
#include <QTextEdit>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr int other_places_alpha = 90; ///< of 255, so that the text stays readable on it

} // namespace

int occurrences(const QString& page, const QString& text)
{
    return text.isEmpty() ? 0 : static_cast<int>(page.count(text, Qt::CaseInsensitive));
}

PageFinder::PageFinder(QTextEdit& page)
    : page_(page)
{
}

void PageFinder::look_for(const QString& text)
{
    places_.clear();
    current_ = -1;
    const QTextDocument& document = *page_.document();
    for (QTextCursor found = document.find(text, 0); !found.isNull() && found.hasSelection();
         found = document.find(text, found))
        places_.push_back(found);
    paint();
}

void PageFinder::go_to(const QString& text)
{
    const int from = current_ < 0 ? top_position()
                                  : places_[static_cast<std::size_t>(current_)].selectionStart();
    look_for(text);
    if (!places_.empty())
        choose(first_from(from) % count());
}

bool PageFinder::step(bool forward)
{
    const int next = current_ >= 0 ? current_ + (forward ? 1 : -1)
                                   : first_from(top_position()) - (forward ? 0 : 1);
    if (next < 0 || next >= count())
        return false;
    choose(next);
    return true;
}

void PageFinder::go_to_end(bool last)
{
    if (!places_.empty())
        choose(last ? count() - 1 : 0);
}

void PageFinder::paint()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QPalette& palette = page_.palette();
    QColor others = palette.color(QPalette::Active, QPalette::Highlight);
    others.setAlpha(other_places_alpha);
    for (int i = 0; i < count(); ++i) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = places_[static_cast<std::size_t>(i)];
        if (i == current_) {
            mark.format.setBackground(palette.color(QPalette::Active, QPalette::Highlight));
            mark.format.setForeground(palette.color(QPalette::Active, QPalette::HighlightedText));
        } else {
            mark.format.setBackground(others);
        }
        marks << mark;
    }
    page_.setExtraSelections(marks);
}

void PageFinder::choose(int place)
{
    current_ = place;
    // The mark shows the place; the cursor itself stands there without a selection of its own.
    QTextCursor cursor = places_[static_cast<std::size_t>(place)];
    cursor.setPosition(cursor.selectionEnd());
    cursor.setPosition(places_[static_cast<std::size_t>(place)].selectionStart());
    page_.setTextCursor(cursor);
    page_.ensureCursorVisible();
    paint();
}

/// The first place at or below a position of the document; count() if there is none.
int PageFinder::first_from(int position) const
{
    const auto found = std::ranges::find_if(places_,
        [position](const QTextCursor& place) { return place.selectionStart() >= position; });
    return static_cast<int>(found - places_.begin());
}

int PageFinder::top_position() const
{
    return page_.cursorForPosition(QPoint(0, 0)).position();
}

} // namespace circuitloom::ui
