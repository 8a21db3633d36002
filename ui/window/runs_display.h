#pragma once

#include "ui/curves/curve_plots.h"
#include "ui/runs/run_row.h"
#include "ui/theme/theme.h"

#include <QObject>

#include <set>
#include <vector>

namespace circuitloom::ui {

class CurvesPanel;
class ExperimentSession;
class RunsModel;
class RunsPanel;

/// Shows the session's runs in the list, and the curves of the current one with those that the user
/// laid beside them.
class RunsDisplay : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it. `model` is what `runs` shows.
    RunsDisplay(ExperimentSession& session, RunsModel& model, RunsPanel& runs, CurvesPanel& curves,
        QObject* parent = nullptr);

    void set_theme(const Theme& theme);
    /// Runs or their figures changed.
    void show_runs();
    void show_curves();
    /// Another run is the current one: chooses it in the list and shows its curves.
    void show_current();
    /// The curves of `run` stand beside the current one's, or do so no longer.
    void overlay(RunId run, bool overlaid);
    /// Whose curves stand beside the current one's, in the order of the runs.
    std::vector<RunId> overlaid() const { return { overlaid_.begin(), overlaid_.end() }; }
    /// No run's curves stand beside the current one's.
    void clear_overlays() { overlaid_.clear(); }

    /// The current run first.
    std::vector<PlottedRun> plotted_runs() const;

Q_SIGNALS:
    void overlays_changed();

private:
    std::vector<RunRow> rows() const;
    QColor color_of(RunId run) const;

    ExperimentSession& session_;
    RunsPanel& runs_;
    CurvesPanel& curves_;
    Theme theme_;
    std::set<RunId> overlaid_;
};

} // namespace circuitloom::ui
