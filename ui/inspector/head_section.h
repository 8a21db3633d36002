#pragma once

#include "ui/inspector/inspected_subject.h"
#include "ui/panels/now_and_start.h"

#include <QWidget>

class QLabel;
class QCheckBox;

namespace circuitloom::ui {

class AnswerState;
class AttentionMap;
class TriedSentence;
struct AttentionContent;

/// Where a head looks: on the sentence that models are tried on, now beside the start, and from the
/// task's scored positions, averaged over its examples.
class HeadSection : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    HeadSection(PanelContext& context, TriedSentence& tried, QWidget* parent);

    void show_head(const Node& head, const ShownPlace& place);
    void forget();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void show_state();
    void show_answers();
    QString target_text() const;
    /// Which tokens the sentence's end looks at most, now and at the start.
    QString sentence_text(const QString& moment, const AttentionContent& now,
        const AttentionContent& start) const;

    PanelContext& context_;
    TriedSentence& tried_;
    NowAndStart patterns_;
    NowAndStart targets_;
    QLabel* sentence_;
    QLabel* reads_; ///< what its end looks at
    QLabel* target_figures_;
    QCheckBox* difference_;
    QWidget* maps_;
    AttentionMap* now_;
    AttentionMap* other_; ///< the start, or the difference from it
    QLabel* now_name_;
    QLabel* other_name_;
    AnswerState* state_;
};

} // namespace circuitloom::ui
