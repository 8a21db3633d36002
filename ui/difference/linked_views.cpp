#include "ui/difference/linked_views.h"

#include "ui/circuit/circuit_view.h"

#include <QEvent>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

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
    lead();
}

void LinkedViews::set_second_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    {
        const QScopedValueRollback busy(busy_, true);
        second_.circuit().set_graph(std::move(graph));
    }
    lead();
}

bool LinkedViews::eventFilter(QObject* watched, QEvent* event)
{
    // Pans are in pixels, so that another size of either view is another pan of the second.
    if (event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &LinkedViews::lead, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

double LinkedViews::scale_of_second() const
{
    const double first = fitted_scale(first_);
    const double second = fitted_scale(second_);
    return first > 0 && second > 0 ? second / first : 1;
}

void LinkedViews::lead()
{
    if (!linked_ || busy_)
        return;
    const QScopedValueRollback busy(busy_, true);
    ViewState state = first_.state();
    for (GraphChoice* choice : { &state.selection, &state.pinned, &state.isolated, &state.hidden,
             &state.switched_off })
        *choice = translated(*choice, graph_in(first_), graph_in(second_));
    state.camera.pan *= scale_of_second();
    state.colors = second_.state().colors;
    led_ = state.selection;
    second_.editor().restore(state);
}

void LinkedViews::follow()
{
    if (!linked_ || busy_)
        return;
    const QScopedValueRollback busy(busy_, true);
    CircuitCamera camera = second_.state().camera;
    camera.pan /= scale_of_second();
    if (camera != first_.state().camera)
        first_.editor().set_camera(camera);
    if (second_.state().selection == led_)
        return;
    led_ = second_.state().selection;
    first_.editor().select(translated(led_, graph_in(second_), graph_in(first_)));
}

} // namespace circuitloom::ui
