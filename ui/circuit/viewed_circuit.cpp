#include "ui/circuit/viewed_circuit.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_search.h"

#include <string>
#include <utility>

namespace circuitloom::ui {

ViewedCircuit::ViewedCircuit(QObject* parent)
    : QObject(parent)
{
    connect(&editor_, &ViewEditor::changed, this, &ViewedCircuit::follow_editor);
}

void ViewedCircuit::set_graph(std::shared_ptr<const ComputationalGraph> graph)
{
    now_.clear();
    reference_.clear();
    options_.isolated = {};
    options_.hidden = {};
    options_.switched_off = {};
    const bool had_selection = !state().selection.empty();
    editor_.begin_graph();
    layouts_.set_graph(std::move(graph), state().folding);
    Q_EMIT graph_changed();
    take_layout();
    Q_EMIT plain_layout_changed();
    if (had_selection)
        Q_EMIT selection_changed({});
    Q_EMIT state_changed();
}

void ViewedCircuit::show(
    const Circuit& now, const Circuit& reference, bool animate, std::vector<int> ages,
    std::shared_ptr<const CertainEdges> certain)
{
    now_ = now;
    reference_ = reference;
    options_.ages = std::move(ages);
    options_.certain = std::move(certain);
    make_scene(animate);
}

void ViewedCircuit::set_certain(std::shared_ptr<const CertainEdges> certain)
{
    options_.certain = std::move(certain);
    if (options_.mode == ColorMode::certainty || options_.filter.inclusion > 0)
        make_scene(true);
    Q_EMIT certain_changed();
}

void ViewedCircuit::set_color_mode(ColorMode mode, char other)
{
    const bool renamed = std::exchange(options_.other, other) != other;
    if (std::exchange(options_.mode, mode) != mode || renamed)
        make_scene(true);
}

void ViewedCircuit::set_width_scale(WidthScale scale)
{
    if (std::exchange(options_.width, scale) != scale)
        make_scene(true);
}

void ViewedCircuit::follow_editor(const ViewState& before)
{
    const ViewState& now = state();
    layouts_.choose(now.layout);
    if (now.folding != before.folding) {
        layouts_.fold(now.folding);
        take_layout();
        Q_EMIT plain_layout_changed();
    } else if (now.layout != before.layout) {
        take_layout();
    }
    if (now.camera != before.camera)
        Q_EMIT camera_changed();
    if (now.filter != before.filter || now.isolated != before.isolated
        || now.hidden != before.hidden || now.switched_off != before.switched_off) {
        options_.filter = now.filter;
        options_.isolated = now.isolated;
        options_.hidden = now.hidden;
        options_.switched_off = now.switched_off;
        make_scene(true);
    }
    if (now.selection != before.selection)
        Q_EMIT selection_changed(choice_name(scene(), now.selection));
    if (now.folding.supernodes != before.folding.supernodes)
        Q_EMIT supernodes_changed(now.folding.supernodes);
    Q_EMIT state_changed();
}

void ViewedCircuit::set_dot_layout(std::shared_ptr<const CircuitLayout> layout)
{
    layouts_.set_dot(std::move(layout));
    take_layout();
}

void ViewedCircuit::set_run_edges(std::vector<EdgeId> edges, int most)
{
    if (layouts_.set_edges(std::move(edges), most))
        take_layout();
    Q_EMIT near_layout_changed();
}

void ViewedCircuit::set_scale(double pixels_per_unit, double zoom)
{
    if (layouts_.set_scale(pixels_per_unit, zoom))
        take_layout();
}

void ViewedCircuit::take_layout()
{
    Q_EMIT nodes_renumbered();
    make_scene(false);
}

void ViewedCircuit::make_scene(bool animate)
{
    motion_.go_to(
        scene_of(layouts_.graph(), layouts_.shown(), now_, reference_, options_), animate);
    Q_EMIT scene_changed();
}

void ViewedCircuit::select_item(const std::optional<NodeOrEdge>& item)
{
    editor_.select(item && scene().layout ? choice_of(*scene().layout, *item) : GraphChoice{});
}

void ViewedCircuit::toggle_item(const NodeOrEdge& item)
{
    const GraphChoice choice = choice_of(*scene().layout, item);
    const GraphChoice& selection = state().selection;
    editor_.select(
        contains(selection, choice) ? without(selection, choice) : united(selection, choice));
}

bool ViewedCircuit::select_named(const QString& name)
{
    if (!scene().graph)
        return false;
    const auto found
        = find_named({ *scene().graph, *layouts_.lattice(), *scene().layout, now_ }, name);
    if (found)
        editor_.select(*found);
    return found.has_value();
}

QStringList ViewedCircuit::completions_of(const QString& typed, int most) const
{
    if (!scene().graph)
        return {};
    return completions({ *scene().graph, *layouts_.lattice(), *scene().layout, now_ }, typed, most);
}

void ViewedCircuit::set_supernodes(const std::vector<Supernode>& supernodes)
{
    if (!editor_.load_supernodes(supernodes))
        return;
    layouts_.fold(state().folding);
    take_layout();
    Q_EMIT plain_layout_changed();
    Q_EMIT state_changed();
}

void ViewedCircuit::group(const QString& name, const GraphChoice& choice)
{
    const std::shared_ptr<const CircuitLayout>& lattice = layouts_.lattice();
    if (!lattice)
        return;
    std::vector<std::string> names;
    for (const NodeOrEdge& item : items_of(*lattice, choice))
        if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
            const DrawnNode& drawn = lattice->nodes[static_cast<std::size_t>(node->value)];
            if (drawn.layer >= 0)
                names.push_back(drawn.name);
        }
    editor_.group(name.toStdString(), names);
}

} // namespace circuitloom::ui
