#pragma once

#include "ui/panels/panel_context.h"
#include "ui/tryit/next_word_bars.h"
#include "ui/tryit/task_sentences.h"
#include "ui/tryit/tried_text.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace circuitloom::ui {

class ExampleMenu;
class RunCourse;

/// A sentence of the user's or of the task's, and what the model would say next: at the iteration
/// that is shown, before the run began, and with its circuit alone. It follows the timeline; the
/// line under the field says of which step its figures are.
class TryItPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TryItPanel(PanelContext& context, QWidget* parent = nullptr);

    void set_text(const QString& text);
    /// As if chosen from the menu of the task's examples.
    void choose(const TaskSentence& sentence);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void connect_context();
    TriedText subject() const;
    /// Marks target and alternative where the text is that of an example.
    void recognise();
    void ask();
    void clear(const QString& why);
    void ask_for(Asked asked, const RunMoment& moment);
    void failed(Asked asked, const QString& sentence);
    void show_answers();
    void say(const QString& sentence);

    PanelContext& context_;
    QLineEdit* text_;
    ExampleMenu* examples_;
    QLineEdit* target_;
    QLineEdit* alternative_;
    QLabel* state_;
    NextWordBars* bars_;
    QLabel* continuations_;
    RunCourse* course_;
    QTimer wait_; ///< until typing and scrubbing rest for a moment
    TriedText asked_; ///< of the answers
    std::optional<ShownPlace> asked_of_; ///< likewise
    bool without_candidates_ = false; ///< as the engine refused those of asked_
    QString refusal_; ///< why
    QString circuit_note_;
    AskedAnswers answers_;
};

} // namespace circuitloom::ui
