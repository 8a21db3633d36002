#pragma once

#include "core/graph/circuit_reach.h"
#include "ui/curves/plotted_run.h"
#include "ui/runs/run_row.h"
#include "ui/session/item_scores.h"
#include "ui/theme/theme.h"

#include <QObject>

#include <set>
#include <string>
#include <vector>

namespace circuitloom::ui {

class CurvesPanel;
class DynamicsReader;
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
        DynamicsReader& dynamics, QObject* parent = nullptr);

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

    /// The current run first.
    std::vector<PlottedRun> plotted_runs() const;
    /// Another file is open, or none.
    void leave_file();
    /// More iterations were read of runs.
    void show_records();
    /// The edges and nodes of such a selection in the current run whose scores can be plotted, by
    /// name; of many the first ones.
    std::vector<std::string> items_of(const GraphChoice& selection) const;

Q_SIGNALS:
    void overlays_changed();
    /// A sentence for the user.
    void failed(const QString& sentence);

private:
    std::vector<RunRow> rows() const;
    QColor color_of(RunId run) const;
    /// The current one first, then those beside it.
    std::vector<const RunHistory*> shown_runs() const;
    void read_circuits();
    void show_circuits();

    ExperimentSession& session_;
    RunsPanel& runs_;
    CurvesPanel& curves_;
    Theme theme_;
    std::set<RunId> overlaid_;
    DynamicsReader& dynamics_;
    ItemScores scores_; ///< that are plotted
    std::set<RunId> told_; ///< whose circuits cannot be read, which was said once
};

} // namespace circuitloom::ui
