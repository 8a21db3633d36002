#pragma once

#include "ui/ablate/ablation_plan.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace circuitloom::ui {

class AblationLists;
class AnswerState;
class FiguresTable;

/// What is switched off in the circuit view, and what the model of the iteration that is shown does
/// without it: the task's metric and every suite, beside what the stored scores expect and what a
/// random choice of as much does. Follows the timeline and the view while it is seen.
class AblatePanel : public QWidget
{
    Q_OBJECT

public:
    explicit AblatePanel(PanelContext& context, QWidget* parent = nullptr);

    QSize sizeHint() const override { return { 380, 420 }; }

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// What figures are of.
    struct Subject
    {
        QString file;
        RunId run;
        int iteration = 0;
        std::vector<std::string> names;
        AblationChoices choices;
        bool operator==(const Subject&) const = default;
    };

    void build();
    void show_list();
    void remove_chosen();
    void refresh();
    void ask(const Subject& subject, const AblationQuestion& question);
    void ask_again();
    void stop();
    void show_answer(const AblationAnswer& answer);
    void show_rows(const std::vector<AblationRow>& rows);
    /// Dimmed: the figures are not of what is shown now.
    void set_outdated(bool outdated);
    void clear(const QString& why);
    void say(const QString& sentence, bool busy = false);
    /// The same of what has no answer, with a way to ask again.
    void say_unanswered(const QString& sentence);

    PanelContext& context_;
    AblationLists* lists_;
    QPushButton* clear_;
    QListWidget* list_;
    QSpinBox* items_;
    QSpinBox* draws_;
    QPushButton* stop_;
    AnswerState* state_;
    QLabel* of_; ///< what the figures are of, which stay until newer ones come
    FiguresTable* figures_;
    QLabel* expected_;
    QLabel* remarks_;
    QTimer wait_;
    std::vector<std::string> names_; ///< as listed
    bool reveals_ = false; ///< the answer is scrolled to
    std::optional<Subject> asked_;
};

} // namespace circuitloom::ui
