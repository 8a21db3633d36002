#pragma once

#include "ui/export/export_choices.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

class QWidget;

namespace circuitloom::ui {

class CircuitView;
class ErrorBanner;
class ExperimentSession;
class Playback;
struct RunHistory;
struct WindowActions;

/// What of an export's source a circuit view and its run say: the iterations, the look, the camera.
/// File, theme, curves and the iteration shown are left to the caller. `chosen_iteration`: the one
/// that ColorChoice::since_chosen compares with.
ExportSource export_source_of(const RunHistory& run, const CircuitView& view, int chosen_iteration);

/// What the actions do that export circuits, films and curves, and copy the circuit's picture.
class ExportCommands : public QObject
{
    Q_OBJECT

public:
    /// The current run as it is shown now; none where there is no run.
    using SourceOf = std::function<std::optional<ExportSource>()>;

    /// All must outlive it; `window` is the dialogs' parent.
    ExportCommands(QWidget& window, const ExperimentSession& session, SourceOf source,
        const Playback& playback, const WindowActions& actions, ErrorBanner& banner);

    /// As shown: same strongest edges, colours and theme. False, and the banner says why, where
    /// they could not be written.
    bool export_circuit(const QString& file);
    bool export_curves(const QString& file);
    /// Enables what there is something for; curves need no more than a run.
    void show_state(bool has_run);

private:
    void ask(ExportChoices::Kind kind);
    void copy_circuit();
    /// Runs `work`; false, and the banner says why, where it threw an Error.
    bool attempt(const std::function<void()>& work);

    QWidget& window_;
    const ExperimentSession& session_;
    SourceOf source_;
    const Playback& playback_;
    const WindowActions& actions_;
    ErrorBanner& banner_;
};

} // namespace circuitloom::ui
