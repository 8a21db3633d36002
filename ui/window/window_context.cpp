#include "ui/window/window_context.h"

#include "ui/base/core_text.h"
#include "ui/circuit/circuit_view.h"
#include "ui/session/experiment_session.h"
#include "ui/session/run_ages.h"
#include "ui/timeline/playback.h"
#include "ui/window/theme_choice.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace circuitloom::ui {

WindowContext::WindowContext(ExperimentSession& session, Playback& playback, CircuitView& view,
    RunAges& ages, ThemeSwitch& theme, QObject* parent)
    : PanelContext(parent)
    , session_(session)
    , playback_(playback)
    , view_(view)
    , ages_(ages)
    , theme_(theme)
{
    connect(&playback_, &Playback::current_changed, this, &PanelContext::place_changed);
    connect(&session_, &ExperimentSession::current_run_changed, this, &PanelContext::place_changed);
    connect(&session_, &ExperimentSession::file_changed, this, &PanelContext::place_changed);
    connect(&session_, &ExperimentSession::records_added, this, &PanelContext::run_grown);
    connect(&session_, &ExperimentSession::iterations_added, this, &PanelContext::run_grown);
    connect(&session_, &ExperimentSession::runs_changed, this, &PanelContext::runs_changed);
    connect(&view_.circuit(), &ViewedCircuit::selection_changed, this,
        &PanelContext::selection_changed);
    connect(&view_.circuit(), &ViewedCircuit::state_changed, this, [this] {
        const GraphChoice& off = view_.state().switched_off;
        if (std::exchange(known_off_, off) != off)
            Q_EMIT switched_off_changed();
    });
    connect(&view_.circuit(), &ViewedCircuit::scene_changed, this, &PanelContext::edges_changed);
    connect(&view_.circuit(), &ViewedCircuit::certain_changed, this, &PanelContext::edges_changed);
    connect(&ages_, &RunAges::grown, this, &PanelContext::edges_changed);
    connect(&theme_, &ThemeSwitch::changed, this, &PanelContext::theme_changed);

    connect(&session_, &ExperimentSession::question_progressed, this,
        [this](QuestionId question, const QString& what, int done, int total) {
            const Asked* asked = find(question);
            if (asked && asked->panel && asked->handlers.progressed)
                asked->handlers.progressed(progress_text(what.toStdString()), done, total);
        });
    connect(&session_, &ExperimentSession::question_answered, this,
        [this](QuestionId question, const Answer& answer) {
            if (const auto answered = take(question).answered)
                answered(answer);
        });
    connect(&session_, &ExperimentSession::question_failed, this,
        [this](QuestionId question, const QString& sentence) {
            if (const auto failed = take(question).failed)
                failed(sentence);
        });
}

std::optional<ShownPlace> WindowContext::place() const
{
    const RunHistory* run = session_.current();
    if (!run || playback_.current() < 0)
        return std::nullopt;
    return ShownPlace{ session_.file(), run->summary.id, playback_.current(),
        playback_.current_step(), run->graph };
}

const RunHistory* WindowContext::run() const
{
    return session_.current();
}

void WindowContext::go_to(int iteration)
{
    playback_.go_to(iteration);
}

GraphChoice WindowContext::selection() const
{
    return view_.state().selection;
}

void WindowContext::select(const GraphChoice& choice)
{
    view_.editor().select(choice);
}

GraphChoice WindowContext::switched_off() const
{
    return view_.state().switched_off;
}

void WindowContext::switch_off(const GraphChoice& choice)
{
    view_.editor().set_switched_off(choice);
}

std::vector<CircuitEdge> WindowContext::edges() const
{
    ages_.want();
    const ViewedCircuit& shown = view_.circuit();
    const std::vector<int> ages = ages_.known().at(playback_.current());
    std::unordered_map<EdgeId, float> before;
    for (const ScoredEdge& scored : shown.reference())
        before.emplace(scored.edge, scored.score);
    std::vector<CircuitEdge> edges;
    edges.reserve(shown.circuit().size());
    for (const ScoredEdge& scored : shown.circuit()) {
        CircuitEdge edge{ scored.edge, static_cast<double>(scored.score), {}, {}, {}, {} };
        if (!before.empty()) {
            const auto at = before.find(scored.edge);
            edge.before = at == before.end() ? 0.0 : static_cast<double>(at->second);
        }
        if (ages.size() == shown.circuit().size())
            edge.age = ages[edges.size()];
        if (const auto& certain = shown.options().certain)
            if (const EdgeCertainty* sure = find_certainty(*certain, scored.edge))
                edge.certainty = *sure;
        edge.inclusion = ages_.known().inclusion(scored.edge);
        edges.push_back(edge);
    }
    return edges;
}

const Theme& WindowContext::theme() const
{
    return theme_.theme();
}

void WindowContext::ask(
    QObject& panel, const QString& asker, Question question, ReplyHandlers handlers)
{
    const QuestionId id = session_.ask(asker, std::move(question));
    asked_.insert_or_assign(asker, Asked{ id, &panel, std::move(handlers) });
}

void WindowContext::forget(const QString& asker)
{
    if (asked_.erase(asker) > 0)
        session_.withdraw_question(asker);
}

const WindowContext::Asked* WindowContext::find(QuestionId question) const
{
    const auto found = std::find_if(asked_.begin(), asked_.end(),
        [question](const auto& asked) { return asked.second.question == question; });
    return found == asked_.end() ? nullptr : &found->second;
}

ReplyHandlers WindowContext::take(QuestionId question)
{
    const auto found = std::find_if(asked_.begin(), asked_.end(),
        [question](const auto& asked) { return asked.second.question == question; });
    if (found == asked_.end())
        return {};
    const Asked asked = std::move(found->second);
    asked_.erase(found);
    return asked.panel ? asked.handlers : ReplyHandlers();
}

} // namespace circuitloom::ui
