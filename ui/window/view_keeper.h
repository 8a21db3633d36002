#pragma once

#include "core/store/stored_view.h"
#include "ui/window/file_view.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace circuitloom::ui {

class CircuitView;
class CurvesPanel;
class ExperimentSession;
class IterationDisplay;
class PanelContext;
class Playback;
class RunsDisplay;
struct WindowActions;

/// Keeps how each file is looked at and brings that back when it is opened: in the file, so that it
/// travels with it, and in the settings, for files that cannot be written to. Of the two the newer
/// one counts.
class ViewKeeper : public QObject
{
    Q_OBJECT

public:
    /// All must outlive its last keep().
    ViewKeeper(ExperimentSession& session, Playback& playback, CircuitView& view,
        RunsDisplay& runs, CurvesPanel& curves, IterationDisplay& iterations,
        PanelContext& panels, const WindowActions& actions, QObject* parent = nullptr);

    /// How the open file is looked at now is written, where it was another when that was kept last.
    void keep();
    /// The same in the settings alone, which is done every few seconds: a program that is killed
    /// loses no more than these.
    void note();

private:
    /// How a run of the open file is looked at.
    struct Look
    {
        RunId run;
        FileView view;
        bool operator==(const Look&) const = default;
    };
    /// Nothing where no run is shown, or the stored view is still to come.
    std::optional<Look> now() const;

    void restore();
    void show(const FileView& view);
    FileView current() const;

    ExperimentSession& session_;
    Playback& playback_;
    CircuitView& view_;
    RunsDisplay& runs_;
    CurvesPanel& curves_;
    IterationDisplay& iterations_;
    PanelContext& panels_;
    const WindowActions& actions_;
    /// What the two hold; nothing where that is no view.
    std::optional<Look> in_file_;
    std::optional<Look> in_settings_;
    QTimer note_soon_{ this };
    std::vector<NamedAblation> left_ablations_; ///< of the file that was left
    QMetaObject::Connection awaited_; ///< shows the stored view once its run has been read
    bool restoring_ = false; ///< until then: what is shown meanwhile is not to be kept
};

} // namespace circuitloom::ui
