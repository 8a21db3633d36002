#include "ui/runs/preset_menu.h"

#include "ui/runs/presets.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace circuitloom::ui {

namespace {

QPushButton* preset_button(const PresetChoice& preset, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setProperty("preset", true);
    button->setAccessibleName(preset.title);
    button->setAccessibleDescription(preset.sentence);
    auto* title = new QLabel(preset.title, button);
    title->setProperty("strong", true);
    auto* sentence = new QLabel(preset.sentence, button);
    sentence->setProperty("dim", true);
    auto* column = new QVBoxLayout(button);
    column->setContentsMargins(14, 7, 14, 7);
    column->setSpacing(2);
    for (QLabel* label : { title, sentence }) {
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        column->addWidget(label);
    }
    button->setMinimumSize(column->sizeHint());
    return button;
}

} // namespace

PresetMenu::PresetMenu(QWidget* parent)
    : QMenu(parent)
{
    for (const PresetChoice& preset : preset_choices()) {
        auto* action = new QWidgetAction(this);
        QPushButton* button = preset_button(preset, this);
        action->setDefaultWidget(button);
        addAction(action);
        connect(button, &QPushButton::clicked, this, [this, name = preset.name] {
            close();
            Q_EMIT chosen(name);
        });
    }
}

} // namespace circuitloom::ui
