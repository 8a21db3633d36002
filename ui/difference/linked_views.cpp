#include "ui/difference/linked_views.h"

#include "ui/circuit/circuit_view.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>
#include <utility>

namespace circuitloom::ui {

namespace {

/// What is chosen among nodes and edges.
constexpr std::array choices{ &ViewState::selection, &ViewState::pinned, &ViewState::isolated,
    &ViewState::hidden, &ViewState::switched_off };

template <class Id>
void sort_once(std::vector<Id>& ids)
{
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
}

/// The nodes and edges of the same names, in the order of their ids; those that `to` lacks are left
/// out.
GraphChoice translated(
    const GraphChoice& choice, const ComputationalGraph* from, const ComputationalGraph* to)
{
    if (from == to || !from || !to)
        return from == to ? choice : GraphChoice{};
    GraphChoice found;
    for (const NodeId node : choice.nodes)
        if (const auto same = to->find_node(from->node(node)))
            found.nodes.push_back(*same);
    for (const EdgeId edge : choice.edges) {
        const auto source = to->find_node(from->node(from->edge(edge).source));
        const auto target = to->find_node(from->node(from->edge(edge).target));
        const auto same = source && target ? to->find_edge(*source, *target) : std::nullopt;
        if (same)
            found.edges.push_back(*same);
    }
    sort_once(found.nodes);
    sort_once(found.edges);
    return found;
}

const ComputationalGraph* graph_in(const CircuitView& view)
{
    return view.scene().graph.get();
}

/// Pixels to a unit of the layout at zoom 1; 0 without one.
double fitted_scale(const CircuitView& view)
{
    return view.scene().layout ? view.geometry().scale() / view.state().camera.zoom : 0;
}

} // namespace

LinkedViews::LinkedViews(CircuitView& first, CircuitView& second, QObject* parent)
    : QObject(parent)
    , first_(first)
    , second_(second)
{
    connect(&first_.circuit(), &ViewedCircuit::state_changed, this, &LinkedViews::lead);
    connect(&second_.circuit(), &ViewedCircuit::state_changed, this, &LinkedViews::follow);
    // Another layout has another scale, and a pan of the second is in pixels.
    for (CircuitView* view : { &first_, &second_ })
        connect(&view->circuit(), &ViewedCircuit::nodes_renumbered, this, &LinkedViews::lead,
            Qt::QueuedConnection);
    first_.installEventFilter(this);
    second_.installEventFilter(this);
}

void LinkedViews::set_linked(bool linked)
{
    linked_ = linked;
    alike_.reset();
    lead();
}

void LinkedViews::set_second_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    {
        const QScopedValueRollback busy(busy_, true);
        second_.circuit().set_graph(std::move(graph));
    }
    alike_.reset();
    lead();
}

bool LinkedViews::eventFilter(QObject* watched, QEvent* event)
{
    // Pans are in pixels, so that another size of either view is another pan of the second.
    if (event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &LinkedViews::lead, Qt::QueuedConnection);
    return (watched == &second_ && take_undo(*event)) || QObject::eventFilter(watched, event);
}

bool LinkedViews::take_undo(QEvent& event)
{
    const bool override = event.type() == QEvent::ShortcutOverride;
    if (!linked_ || (!override && event.type() != QEvent::KeyPress))
        return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    ViewEditor& editor = first_.editor();
    const bool undoes = key.matches(QKeySequence::Undo) && editor.can_undo();
    const bool redoes = key.matches(QKeySequence::Redo) && editor.can_redo();
    if (!undoes && !redoes)
        return false;
    if (!override)
        undoes ? editor.undo() : editor.redo();
    event.accept();
    return true;
}

double LinkedViews::scale_of_second() const
{
    const double first = fitted_scale(first_);
    const double second = fitted_scale(second_);
    return first > 0 && second > 0 ? second / first : 1;
}

void LinkedViews::note()
{
    alike_ = Alike{ first_.state(), second_.state() };
}

void LinkedViews::lead()
{
    if (!linked_ || busy_)
        return;
    const QScopedValueRollback busy(busy_, true);
    const ViewState& first = first_.state();
    const ViewState& second = second_.state();
    ViewState state = first;
    for (const auto choice : choices) {
        const bool as_before = alike_ && alike_->first.*choice == first.*choice;
        state.*choice = as_before ? second.*choice
                                  : translated(first.*choice, graph_in(first_), graph_in(second_));
    }
    state.camera.pan *= scale_of_second();
    state.colors = second.colors;
    second_.editor().restore(state);
    note();
}

void LinkedViews::follow()
{
    if (!linked_ || busy_ || !alike_)
        return;
    const QScopedValueRollback busy(busy_, true);
    const ViewState second = second_.state();
    const ViewState before = alike_->second;
    CircuitCamera camera = second.camera;
    camera.pan /= scale_of_second();
    if (camera != first_.state().camera)
        first_.editor().set_camera(camera);
    ViewState state = first_.state();
    for (const auto choice : choices)
        if (second.*choice != before.*choice)
            state.*choice = translated(second.*choice, graph_in(second_), graph_in(first_));
    if (second.folding != before.folding)
        state.folding = second.folding;
    if (second.filter != before.filter)
        state.filter = second.filter;
    if (second.layout != before.layout)
        state.layout = second.layout;
    first_.editor().change_to(state);
    second_.editor().restore(second); // what can be undone is the first one's
    note();
}

} // namespace circuitloom::ui
