// The main window's Timeline menu, the clock that plays, and how much may move at all.
#include "ui/circuit/circuit_panel.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QSettings>
#include <QStyle>

namespace circuitloom::ui {

namespace {

const QString reduced_motion_key = QStringLiteral("reduceMotion");

/// Styles that know of the desktop's setting animate nothing then; Qt has no other word for it.
bool desktop_reduces_motion(const QStyle& style)
{
    return style.styleHint(QStyle::SH_Widget_Animation_Duration) <= 0;
}

} // namespace

void MainWindow::connect_timeline_actions()
{
    const WindowActions& on = *actions_;
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
    connect(on.next_mark, &QAction::triggered, timeline_, &TimelineBar::next_mark);
    connect(on.previous_mark, &QAction::triggered, timeline_, &TimelineBar::previous_mark);
    connect(on.go_to, &QAction::triggered, timeline_, &TimelineBar::type_position);
    timeline_->set_menu({ on.start_loop, on.end_loop, on.clear_loop, on.add_bookmark });

    const auto show_possible = [this] {
        const bool any = playback_.count() > 0;
        for (QAction* action : { actions_->start_loop, actions_->end_loop, actions_->next_mark,
                 actions_->previous_mark, actions_->go_to })
            action->setEnabled(any);
        actions_->clear_loop->setEnabled(playback_.loop_range().has_value());
    };
    connect(&playback_, &Playback::range_changed, this, show_possible);
    connect(&playback_, &Playback::loop_range_changed, this, show_possible);
    show_possible();

    connect(&playback_, &Playback::playing_changed, this, [this](bool playing) {
        if (playing) {
            play_clock_.start();
            play_timer_.start();
        } else {
            play_timer_.stop();
        }
    });
    // A late tick advances by all the time that went by: frames are left out, never queued.
    connect(&play_timer_, &QTimer::timeout, this,
        [this] { playback_.advance(static_cast<double>(play_clock_.restart()) / 1000); });

    const bool reduced
        = QSettings().value(reduced_motion_key, desktop_reduces_motion(*style())).toBool();
    on.reduce_motion->setChecked(reduced);
    circuit_->view()->set_reduced_motion(reduced);
    connect(on.reduce_motion, &QAction::toggled, this, [this](bool on_now) {
        QSettings().setValue(reduced_motion_key, on_now);
        circuit_->view()->set_reduced_motion(on_now);
    });
}

} // namespace circuitloom::ui
