#include "ui/dialogs/choice_line.h"

#include "ui/dialogs/wheel_guard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace circuitloom::ui {

QComboBox* choice_box(const char* name, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    install_wheel_guard(*box);
    return box;
}

QPushButton* choice_button(const QString& text, const QString& tip, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoDefault(false);
    return button;
}

QLabel* dim_label(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("dim", true);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

void lay_out_choice(
    QWidget& widget, QComboBox* box, const QList<QPushButton*>& buttons, QLabel* sentence)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(box, 1);
    for (QPushButton* button : buttons)
        line->addWidget(button);
    auto* column = new QVBoxLayout(&widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(line);
    column->addWidget(sentence);
    widget.setFocusProxy(box);
}

void mark_invalid(QWidget& editor, bool invalid)
{
    if (editor.property("invalid").toBool() == invalid)
        return;
    editor.setProperty("invalid", invalid);
    editor.style()->unpolish(&editor);
    editor.style()->polish(&editor);
}

} // namespace circuitloom::ui
