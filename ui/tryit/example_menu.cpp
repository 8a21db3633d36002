#include "ui/tryit/example_menu.h"

#include "ui/base/background.h"
#include "ui/base/tip_text.h"

#include <QMenu>

#include <algorithm>

namespace circuitloom::ui {

namespace {

constexpr std::size_t shown_examples = 20;
constexpr int longest_entry = 60; ///< characters

/// The end of the sentence tells examples apart.
QString menu_text(const TaskSentence& sentence)
{
    QString text = sentence.text.simplified();
    if (text.size() > longest_entry)
        text = QChar(0x2026) + text.right(longest_entry - 1);
    text += QStringLiteral(" … ") + sentence.target.trimmed();
    if (!sentence.alternative.isEmpty())
        text += QStringLiteral(" / ") + sentence.alternative.trimmed();
    return text.replace(u'&', QStringLiteral("&&"));
}

} // namespace

ExampleMenu::ExampleMenu(PanelContext& context, QWidget* parent)
    : QToolButton(parent)
    , context_(context)
{
    setObjectName(QStringLiteral("tryItExamples"));
    setText(tr("Examples"));
    setPopupMode(QToolButton::InstantPopup);
    setMenu(new QMenu(this));
    show_sentences({});
}

void ExampleMenu::refresh()
{
    const RunHistory* run = context_.run();
    const QString of = run
        ? QString::fromStdString(run->summary.description.model + "\n" + run->config.task)
        : QString();
    if (of == of_)
        return;
    of_ = of;
    show_sentences({});
    if (!run || run->config.task.empty())
        return;
    in_background(
        this,
        [model = run->summary.description.model, task = run->config.task,
            max_tokens = run->config.max_tokens] {
            return task_sentences(model, task, max_tokens, shown_examples);
        },
        [this, of](const std::vector<TaskSentence>& sentences) {
            if (of == of_)
                show_sentences(sentences);
        },
        [this, of](const QString& sentence) {
            if (of == of_)
                setToolTip(tip_text(sentence));
        });
}

void ExampleMenu::show_sentences(const std::vector<TaskSentence>& sentences)
{
    sentences_ = sentences;
    menu()->clear();
    for (const TaskSentence& sentence : sentences_)
        menu()->addAction(
            menu_text(sentence), this, [this, sentence] { Q_EMIT chosen(sentence); });
    setEnabled(!sentences_.empty());
    setToolTip(tr("Examples of the run's task, up to the position that is scored"));
    Q_EMIT changed();
}

std::optional<TaskSentence> ExampleMenu::find(const QString& text) const
{
    const auto found = std::ranges::find(sentences_, text, &TaskSentence::text);
    return found == sentences_.end() ? std::nullopt : std::optional(*found);
}

} // namespace circuitloom::ui
