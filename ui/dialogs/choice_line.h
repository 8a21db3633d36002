#pragma once

#include <QList>

class QComboBox;
class QLabel;
class QPushButton;
class QString;
class QWidget;

namespace circuitloom::ui {

/// Pixels, so that what belongs to labels in different parts of a dialog stands in one line.
inline constexpr int form_label_width = 118;

// The parts of a choice in a dialog: a box, buttons for what is not in it, and a sentence below.

QComboBox* choice_box(const char* name, QWidget* parent);
QPushButton* choice_button(const QString& text, const QString& tip, QWidget* parent);
/// Small plain text that wraps.
QLabel* dim_label(QWidget* parent);
void lay_out_choice(
    QWidget& widget, QComboBox* box, const QList<QPushButton*>& buttons, QLabel* sentence);

} // namespace circuitloom::ui
