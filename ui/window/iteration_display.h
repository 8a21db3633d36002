#pragma once

#include "ui/session/horizontal_axis.h"
#include "ui/session/run_ages.h"
#include "ui/session/run_certainties.h"

#include <QObject>
#include <QString>

#include <optional>

namespace circuitloom::ui {

class CircuitPages;
class CircuitPanel;
class ExperimentSession;
class Playback;
class TimelineBar;
struct RunHistory;

/// Shows the current run in the circuit panel and on the timeline: the iteration that playback is
/// at, with what its colours compare with, and, while there is none, what is being waited for.
class IterationDisplay : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    IterationDisplay(ExperimentSession& session, Playback& playback, CircuitPages& pages,
        TimelineBar& timeline, QObject* parent = nullptr);

    /// Another run is the current one, or none is.
    void show_run();
    /// Playback is at another iteration. Shows it at once where its circuits are in memory, else
    /// when they have been read, unless another one is wanted by then. False where there is none to
    /// show.
    bool show_iteration();
    /// The current run has new marks, evaluations or iterations.
    void show_records();
    /// Where iterations lie on the timeline.
    void set_axis(const HorizontalAxis& axis);
    /// Where there is no iteration: the start page, or a sentence in the circuit's place.
    void show_absence();

    /// The iteration with which "change since iteration …" compares is the one shown; its colours
    /// are shown.
    void compare_with_shown();
    int chosen_iteration() const { return chosen_; }
    /// The colours compare with it once they compare with a chosen one.
    void set_chosen_iteration(int iteration) { choose(iteration, false); }
    RunAges& ages() { return ages_; }

Q_SIGNALS:
    /// A sentence for the user.
    void failed(const QString& sentence);

private:
    QString words_of_absence() const;
    void choose(int iteration, bool show);
    /// The iteration that the colours compare `index` with; nothing where they compare with none.
    std::optional<int> reference_of(int index) const;
    void present(const RunHistory& run, int index);
    void follow_ages();

    ExperimentSession& session_;
    Playback& playback_;
    CircuitPages& pages_;
    CircuitPanel& circuit_;
    TimelineBar& timeline_;
    RunAges ages_;
    HorizontalAxis axis_;
    RunCertainties certainties_;
    int chosen_ = 0;
    bool waits_for_circuits_ = false;
};

} // namespace circuitloom::ui
