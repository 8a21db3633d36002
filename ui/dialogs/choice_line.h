#pragma once

#include <QList>

class QComboBox;
class QLabel;
class QPushButton;
class QString;
class QWidget;

namespace circuitloom::ui {

/// The width of labels in pixels: so the fields in different parts of a dialog stand in one line.
inline constexpr int form_label_width = 118;

// The parts of a choice in a dialog: a box, buttons for what is not in it, and a sentence below.

/// The box, with `name` as its object's name.
QComboBox* choice_box(const char* name, QWidget* parent);
QPushButton* choice_button(const QString& text, const QString& tip, QWidget* parent);
/// The sentence: small plain text that wraps.
QLabel* dim_label(QWidget* parent);
/// Shows by its frame whether what is typed into the editor is wrong.
void mark_invalid(QWidget& editor, bool invalid);
void lay_out_choice(
    QWidget& widget, QComboBox* box, const QList<QPushButton*>& buttons, QLabel* sentence);

} // namespace circuitloom::ui
