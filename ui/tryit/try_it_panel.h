#pragma once

#include "ui/panels/now_and_start.h"
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
/// line under the field says of which iteration its figures are, which while the engine computes is
/// still the one before.
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
    void show_candidates();
    void ask();
    void ask_alone(const ShownPlace& place);
    NextTokenQuestion question_of(const RunMoment& moment) const;
    void clear(const QString& why);
    /// The figures stay, dimmed, until those of the new sentence come.
    void show_outdated();
    void failed(const QString& sentence);
    /// What the models answered, why they did not, or how far they are.
    void show_models();
    void tell_progress(const QString& progress);
    AskedAnswers answers() const;
    /// Of which iteration the figures now are. There must be some.
    QString shown_of() const;
    void show_answers();
    /// Which words were given the space that stands between words, as a sentence; or nothing.
    QString added_spaces() const;
    void say(const QString& sentence);

    /// The answer of a circuit alone.
    struct Alone
    {
        int iteration = 0;
        QString note; ///< what the circuit is
        NextTokenAnswer answer;
    };

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
    NowAndStart models_;
    Inquiry alone_model_;
    TriedText asked_; ///< of the answers
    std::optional<ShownPlace> asked_of_; ///< likewise, or of those that come next
    bool showing_candidates_ = false; ///< the fields are being filled
    bool without_candidates_ = false; ///< as the engine refused those of asked_
    QString refusal_; ///< why
    bool reveals_ = false; ///< the next answers are scrolled to
    std::optional<int> alone_asked_; ///< the iteration whose circuit alone was asked for last
    std::optional<Alone> alone_;
    QString no_circuit_; ///< why the circuit alone is not asked
};

} // namespace circuitloom::ui
