#pragma once

#include "ui/inspector/inspected_subject.h"
#include "ui/panels/now_and_start.h"

#include <QWidget>

class QLabel;

namespace circuitloom::ui {

class AnswerState;

/// What a node writes towards the task's target and alternative, now and at the start, which share
/// of the model's own difference of the two that is, and the tokens that it promotes most; of an MLP
/// or neuron group also its strongest neurons.
class LensSection : public QWidget
{
    Q_OBJECT

public:
    LensSection(PanelContext& context, QWidget* parent);

    /// A node that writes, or the logits: what all of them write together.
    void show_node(const Node& node, const ShownPlace& place);
    void forget();

private:
    void show_answers();

    PanelContext& context_;
    NowAndStart lens_;
    NowAndStart neurons_;
    QLabel* heading_;
    QLabel* figures_;
    QLabel* neuron_figures_;
    AnswerState* state_;
};

} // namespace circuitloom::ui
