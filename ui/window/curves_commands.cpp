#include "ui/window/curves_commands.h"

#include "ui/curves/curves_panel.h"
#include "ui/timeline/playback.h"
#include "ui/window/iteration_display.h"

namespace circuitloom::ui {

CurvesCommands::CurvesCommands(
    CurvesPanel& curves, Playback& playback, IterationDisplay& iterations, QObject* parent)
    : QObject(parent)
{
    connect(&curves, &CurvesPanel::step_requested, &playback, &Playback::go_to_step);
    connect(&curves, &CurvesPanel::play_range_requested, &playback, &Playback::set_loop_steps);
    connect(&curves, &CurvesPanel::view_changed, &iterations,
        [&curves, &iterations] { iterations.set_axis(curves.view().axis); });
    connect(&playback, &Playback::current_changed, &curves, [&curves, &playback](int index) {
        curves.set_cursor(index < 0 ? -1 : playback.current_step());
    });
    connect(&playback, &Playback::loop_range_changed, &curves,
        [&curves, &playback] { curves.set_play_range(playback.loop_steps()); });
}

} // namespace circuitloom::ui
