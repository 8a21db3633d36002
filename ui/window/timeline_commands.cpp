#include "ui/window/timeline_commands.h"

#include "ui/timeline/playback.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/window_actions.h"

#include <QAction>

namespace circuitloom::ui {

namespace {

constexpr int tick_ms = 16;

} // namespace

TimelineCommands::TimelineCommands(
    QWidget& window, Playback& playback, TimelineBar& timeline, const WindowActions& actions)
    : QObject(&window)
    , playback_(playback)
    , actions_(actions)
{
    connect_actions(timeline);
    timeline.set_menu(
        { actions_.start_loop, actions_.end_loop, actions_.clear_loop, actions_.add_bookmark });
    connect(&playback_, &Playback::range_changed, this, &TimelineCommands::show_state);
    connect(&playback_, &Playback::loop_range_changed, this, &TimelineCommands::show_state);
    show_state();

    timer_.setInterval(tick_ms);
    connect(&playback_, &Playback::playing_changed, this, &TimelineCommands::run_clock);
    // A late tick advances by all the time that went by: frames are left out, never queued.
    connect(&timer_, &QTimer::timeout, this,
        [this] { playback_.advance(static_cast<double>(since_tick_.restart()) / 1000); });
}

void TimelineCommands::connect_actions(TimelineBar& timeline)
{
    const WindowActions& on = actions_;
    connect(on.first, &QAction::triggered, &playback_, &Playback::first);
    connect(on.previous, &QAction::triggered, &playback_, &Playback::previous);
    connect(on.play, &QAction::triggered, &playback_, &Playback::toggle_play);
    connect(on.next, &QAction::triggered, &playback_, &Playback::next);
    connect(on.last, &QAction::triggered, &playback_, &Playback::last);
    connect(on.faster, &QAction::triggered, &playback_, &Playback::faster);
    connect(on.slower, &QAction::triggered, &playback_, &Playback::slower);
    connect(on.loop, &QAction::toggled, &playback_, &Playback::set_looping);
    connect(on.start_loop, &QAction::triggered, &playback_, &Playback::start_loop_here);
    connect(on.end_loop, &QAction::triggered, &playback_, &Playback::end_loop_here);
    connect(on.clear_loop, &QAction::triggered, &playback_, &Playback::clear_loop_range);
    connect(on.next_mark, &QAction::triggered, &timeline, &TimelineBar::next_mark);
    connect(on.previous_mark, &QAction::triggered, &timeline, &TimelineBar::previous_mark);
    connect(on.go_to, &QAction::triggered, &timeline, &TimelineBar::type_position);
}

void TimelineCommands::run_clock(bool playing)
{
    if (playing) {
        since_tick_.start();
        timer_.start();
    } else {
        timer_.stop();
    }
}

void TimelineCommands::show_state()
{
    const bool any = playback_.count() > 0;
    for (QAction* action : { actions_.start_loop, actions_.end_loop, actions_.next_mark,
             actions_.previous_mark, actions_.go_to })
        action->setEnabled(any);
    actions_.clear_loop->setEnabled(playback_.loop_range().has_value());
}

} // namespace circuitloom::ui
