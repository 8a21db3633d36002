#pragma once

#include "ui/transfer/study_page.h"

class QLabel;

namespace circuitloom::ui {

class FiguresTable;
class MatrixView;
class TaskList;

/// What does one task lose when the circuit of another is ablated, in the model of the iteration
/// that is shown? A matrix of tasks, in units of what random circuits do.
class CrossAblationPage : public StudyPage
{
    Q_OBJECT

public:
    CrossAblationPage(PanelContext& context, QWidget* parent);

    QString title() const override;
    QString purpose() const override;
    void begin(const ShownPlace& place, const RunHistory& run) override;
    void show_study(const ShownStudy* shown, const ShownPlace& of) override;

protected:
    std::optional<Study> study(
        const ShownPlace& place, const RunHistory& run, QString& problem) const override;
    void take_study(const Study& study, const ComputationalGraph& graph) override;
    /// Each answer finds the circuits of the tasks anew.
    int figures_at_once() const override { return 32; }

private:
    TaskList* tasks_;
    QSpinBox* edges_;
    QSpinBox* examples_;
    QLabel* of_;
    MatrixView* matrix_;
    FiguresTable* figures_;
};

} // namespace circuitloom::ui
