#pragma once

class QRect;
class QScrollArea;
class QWidget;

namespace circuitloom::ui {

/// Scrolls the area that `widget` stands in, once it is laid out, so that the widget is seen: its
/// top at least. Does nothing where it stands in none.
void reveal(QWidget& widget);
/// The same for what lies between the top of `first` and the bottom of `last`, both in one area.
void reveal(QWidget& first, QWidget& last);

/// Scrolls the area at once so that this part of the widget is seen.
void reveal(QWidget& widget, const QRect& part);

/// Scrolls the area so far that the widget stands at its top, or as near to it as there is something
/// below.
void bring_to_top(QWidget& widget);

/// An area without a frame that scrolls `content`, which becomes as wide as it.
QScrollArea* scrolled(QWidget* content, QWidget* parent);

/// What such an area shows is never wider than its room, so that nothing runs under its scroll bar:
/// texts wrap, where a layout alone would take the width that they would like.
void keep_within(QScrollArea& area);

} // namespace circuitloom::ui
