#include "ui/runs/preset_menu.h"

#include "ui/runs/presets.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace circuitloom::ui {

namespace {

QPushButton* entry_button(const QString& name, const QString& about, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setProperty("preset", true);
    button->setAccessibleName(name);
    button->setAccessibleDescription(about);
    auto* title = new QLabel(name, button);
    title->setProperty("strong", true);
    auto* sentence = new QLabel(about, button);
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
    for (const PresetChoice& preset : preset_choices())
        add_entry(
            preset.title, preset.sentence, [this, name = preset.name] { Q_EMIT chosen(name); });
    addSeparator();
    add_entry(tr("Choose everything…"),
        tr("Another model or task, and every setting, with a look at what they do."),
        [this] { Q_EMIT other_requested(); });
}

void PresetMenu::add_entry(
    const QString& title, const QString& sentence, const std::function<void()>& act)
{
    auto* action = new QWidgetAction(this);
    QPushButton* button = entry_button(title, sentence, this);
    action->setDefaultWidget(button);
    addAction(action);
    connect(button, &QPushButton::clicked, this, [this, act] {
        close();
        act();
    });
    connect(action, &QAction::triggered, this, act); // Return, which the button leaves to the menu
}

} // namespace circuitloom::ui
