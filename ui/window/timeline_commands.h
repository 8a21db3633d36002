#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QWidget;

namespace circuitloom::ui {

class Playback;
class TimelineBar;
struct WindowActions;

/// What the Timeline menu and its keys do, and the clock by which a run is played.
class TimelineCommands : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    TimelineCommands(
        QWidget& window, Playback& playback, TimelineBar& timeline, const WindowActions& actions);

private:
    void connect_actions(TimelineBar& timeline);
    void run_clock(bool playing);
    /// Enables what the run and its loop allow.
    void show_state();

    Playback& playback_;
    const WindowActions& actions_;
    QTimer timer_;
    QElapsedTimer since_tick_;
};

} // namespace circuitloom::ui
