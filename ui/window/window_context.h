#pragma once

#include "core/run/worker.h"
#include "ui/panels/panel_context.h"
#include "ui/session/dynamics_reader.h"

#include <QPointer>

#include <map>

namespace circuitloom::ui {

class CircuitView;
class ExperimentSession;
class Playback;
class RunAges;
class ThemeSwitch;

/// The main window as its panels see it: joins what the session has open, where playback is and
/// what the circuit view has selected, and passes questions to the session.
class WindowContext : public PanelContext
{
    Q_OBJECT

public:
    /// All must outlive it.
    WindowContext(ExperimentSession& session, Playback& playback, CircuitView& view,
        RunAges& ages, ThemeSwitch& theme, QObject* parent = nullptr);

    std::optional<ShownPlace> place() const override;
    const RunHistory* run() const override;
    void go_to(int iteration) override;
    GraphChoice selection() const override;
    void select(const GraphChoice& choice) override;
    GraphChoice switched_off() const override;
    void switch_off(const GraphChoice& choice) override;
    std::vector<CircuitEdge> edges() const override;
    const Theme& theme() const override;
    DynamicsReader& dynamics() override { return dynamics_; }
    CircuitView* circuit_view() const override { return &view_; }
    void ask(
        QObject& panel, const QString& asker, Question question, ReplyHandlers handlers) override;
    void forget(const QString& asker) override;

private:
    struct Asked
    {
        QuestionId question;
        QPointer<QObject> panel;
        ReplyHandlers handlers;
    };

    /// Null where nobody waits for that question any more.
    const Asked* find(QuestionId question) const;
    /// The handlers of a question, which has no others now.
    ReplyHandlers take(QuestionId question);

    ExperimentSession& session_;
    Playback& playback_;
    CircuitView& view_;
    RunAges& ages_;
    ThemeSwitch& theme_;
    DynamicsReader dynamics_;
    GraphChoice known_off_; ///< what the panels know to be switched off
    std::map<QString, Asked> asked_; ///< by asker
};

} // namespace circuitloom::ui
