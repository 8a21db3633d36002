#include "ui/window/iteration_display.h"

#include "ui/circuit/circuit_panel.h"
#include "ui/session/experiment_session.h"
#include "ui/timeline/playback.h"
#include "ui/timeline/run_marks.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/window/circuit_pages.h"

#include <QGuiApplication>

#include <utility>
#include <vector>

namespace circuitloom::ui {

IterationDisplay::IterationDisplay(ExperimentSession& session, Playback& playback,
    CircuitPages& pages, TimelineBar& timeline, QObject* parent)
    : QObject(parent)
    , session_(session)
    , playback_(playback)
    , pages_(pages)
    , circuit_(*pages.circuit())
    , timeline_(timeline)
{
    connect(&circuit_, &CircuitPanel::reference_wanted, this, &IterationDisplay::show_iteration);
    connect(&session_, &ExperimentSession::circuits_arrived, this, [this] {
        if (waits_for_circuits_)
            show_iteration();
    });
    connect(&circuit_, &CircuitPanel::ages_wanted, &ages_, &RunAges::want);
    connect(&ages_, &RunAges::failed, this, &IterationDisplay::failed);
    connect(&ages_, &RunAges::grown, this, [this] {
        if (circuit_.shows_age())
            circuit_.set_ages(ages_.known().at(playback_.current()));
    });
    connect(&certainties_, &RunCertainties::failed, this, &IterationDisplay::failed);
    connect(&certainties_, &RunCertainties::arrived, this, [this] {
        if (auto certain = certainties_.known(playback_.current()))
            circuit_.set_certain(std::move(certain));
    });
    const auto keep_pace = [this] {
        circuit_.view()->circuit().motion().set_pace(playback_.playing() ? playback_.speed() : 0);
    };
    connect(&playback_, &Playback::playing_changed, this, keep_pace);
    connect(&playback_, &Playback::speed_changed, this, keep_pace);
}

void IterationDisplay::show_run()
{
    const RunHistory* run = session_.current();
    waits_for_circuits_ = false;
    follow_ages();
    if (!run) {
        timeline_.set_marks({});
        playback_.reset({}, false);
        return;
    }
    circuit_.set_graph(run->graph);
    circuit_.view()->set_placeholder(tr("Reading the circuit…"));
    choose(0, false);
    timeline_.set_marks(timeline_marks(*run, axis_));
    playback_.reset(iteration_steps(*run), session_.is_growing(run->summary.id));
}

bool IterationDisplay::show_iteration()
{
    const RunHistory* run = session_.current();
    const int index = playback_.current();
    if (!run || index < 0 || index >= static_cast<int>(run->iterations.size()))
        return false;
    pages_.show_circuit();
    std::vector<int> wanted{ index };
    if (const std::optional<int> reference = reference_of(index); reference && *reference >= 0)
        wanted.push_back(*reference);
    waits_for_circuits_ = !session_.want_circuits(wanted);
    if (!waits_for_circuits_)
        present(*run, index);
    return true;
}

std::optional<int> IterationDisplay::reference_of(int index) const
{
    switch (circuit_.view()->state().colors) {
    case ColorChoice::since_previous:
        return index - 1;
    case ColorChoice::since_start:
        return 0;
    case ColorChoice::since_chosen:
        return chosen_;
    default:
        return std::nullopt;
    }
}

void IterationDisplay::present(const RunHistory& run, int index)
{
    const auto circuit = [this](int iteration) {
        const Circuit* known = session_.circuit(iteration);
        return known ? *known : Circuit();
    };
    ShownIteration shown;
    shown.record = run.iterations[static_cast<std::size_t>(index)];
    shown.now = circuit(index);
    if (const std::optional<int> reference = reference_of(index)) {
        const ColorChoice colors = circuit_.view()->state().colors;
        std::optional<Circuit>& compared = colors == ColorChoice::since_previous ? shown.previous
            : colors == ColorChoice::since_start                                 ? shown.first
                                                                                 : shown.chosen;
        compared = circuit(*reference);
    }
    shown.ages = ages_.known().at(index);
    shown.certain = certainties_.want(index);
    shown.stability = stability_at(run.certainties, index);
    circuit_.view()->set_placeholder(
        shown.now.empty() ? tr("This circuit has no edges.") : QString());
    const bool scrubbing = QGuiApplication::mouseButtons() & Qt::LeftButton;
    circuit_.show_iteration(std::move(shown), !scrubbing);
}

void IterationDisplay::show_records()
{
    if (const RunHistory* run = session_.current())
        timeline_.set_marks(timeline_marks(*run, axis_));
    follow_ages();
}

void IterationDisplay::set_axis(const HorizontalAxis& axis)
{
    if (axis == axis_)
        return;
    axis_ = axis;
    show_records();
}

void IterationDisplay::show_absence()
{
    if (playback_.current() >= 0)
        return;
    const RunHistory* run = session_.current();
    const bool training = session_.training();
    const bool being_read = !run && !session_.runs().empty() && session_.reading();
    if (!run && !training && !being_read) {
        pages_.show_start();
        return;
    }
    pages_.show_circuit();
    circuit_.clear(words_of_absence());
    if (run)
        circuit_.set_graph(run->graph);
}

QString IterationDisplay::words_of_absence() const
{
    const RunHistory* run = session_.current();
    if (session_.training() && !session_.preparing().isEmpty())
        return session_.preparing();
    if (!run)
        return tr("Reading the run…");
    if (!session_.is_growing(run->summary.id))
        return tr("This run has no circuits.");
    const bool here = session_.live_run() == run->summary.id;
    if (here ? session_.paused() : run->summary.state == RunState::paused)
        return tr("The run is paused. Its first circuit comes once it is resumed.");
    return tr("Waiting for the first circuit…");
}

void IterationDisplay::compare_with_shown()
{
    if (playback_.current() >= 0)
        choose(playback_.current(), true);
}

void IterationDisplay::choose(int iteration, bool show)
{
    chosen_ = iteration;
    circuit_.set_chosen_iteration(iteration, show);
    if (show)
        show_iteration();
}

void IterationDisplay::follow_ages()
{
    ages_.follow(session_.file(), session_.current());
    certainties_.follow(session_.file(), session_.current());
}

} // namespace circuitloom::ui
