#pragma once

#include "ui/dynamics/run_scores.h"
#include "ui/panels/panel_context.h"
#include "ui/session/dynamics_reader.h"

#include <QWidget>

#include <vector>

namespace circuitloom::ui {

/// One of the Dynamics panel's views. The panel tells the one that is seen what has changed; a view
/// that was hidden is told everything when it is seen again.
class DynamicsView : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    DynamicsView(PanelContext& context, RunScores& scores, QWidget* parent);

    /// More of the run is known, or it is another run.
    virtual void take_run() = 0;
    /// Another iteration is shown, something else is selected, or the colours changed.
    virtual void take_window();

Q_SIGNALS:
    /// What the pointer or the keyboard is at; empty for nothing.
    void pointed_at(const QString& sentence);

protected:
    PanelContext& context() const { return context_; }
    RunScores& scores() const { return scores_; }
    const Theme& theme() const { return context_.theme(); }
    /// The iteration that is shown; -1 for none.
    int shown_iteration() const;
    /// As in "iteration 12 (step 96)".
    QString moment_text(int iteration) const;
    /// Has run_dynamics() computed of all that the scores have.
    void want_dynamics();
    /// What it says of the run that the scores are of.
    DynamicsReader::Known dynamics() const;
    /// Shows the iteration, with these edges selected in the circuit.
    void go_to(int iteration, std::vector<EdgeId> edges);

private:
    PanelContext& context_;
    RunScores& scores_;
};

} // namespace circuitloom::ui
