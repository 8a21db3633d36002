#include "ui/circuit/view_editor.h"

#include "ui/circuit/circuit_choice.h"

#include <algorithm>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

using Change = ViewHistory::Change;

void set_in(std::set<int>& layers, int layer, bool in)
{
    if (in)
        layers.insert(layer);
    else
        layers.erase(layer);
}

} // namespace

ViewEditor::ViewEditor(QObject* parent)
    : QObject(parent)
{
    clock_.start();
}

template <class Edit>
void ViewEditor::change(Change kind, Edit edit)
{
    ViewState next = state_;
    edit(next);
    if (next == state_)
        return;
    history_.record(state_, kind, clock_.elapsed());
    go_to(next);
}

void ViewEditor::go_to(const ViewState& next)
{
    const ViewState before = std::exchange(state_, next);
    Q_EMIT changed(before);
}

void ViewEditor::undo()
{
    if (const auto state = history_.undo(state_))
        go_to(*state);
}

void ViewEditor::redo()
{
    if (const auto state = history_.redo(state_))
        go_to(*state);
}

void ViewEditor::set_camera(const CircuitCamera& camera)
{
    change(Change::camera, [&](ViewState& state) { state.camera = camera; });
}

void ViewEditor::set_filter(const CircuitFilter& filter)
{
    change(Change::filter, [&](ViewState& state) { state.filter = filter; });
}

void ViewEditor::choose_colors(ColorChoice colors)
{
    change(Change::other, [=](ViewState& state) { state.colors = colors; });
}

void ViewEditor::choose_layout(LayoutChoice layout)
{
    change(Change::other, [=](ViewState& state) { state.layout = layout; });
}

void ViewEditor::select(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) { state.selection = choice; });
}

void ViewEditor::isolate(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) { state.isolated = choice; });
}

void ViewEditor::set_pinned(const GraphChoice& choice, bool pinned)
{
    change(Change::other, [&](ViewState& state) {
        state.pinned = pinned ? united(state.pinned, choice) : without(state.pinned, choice);
    });
}

void ViewEditor::hide(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) {
        state.hidden = united(state.hidden, choice);
        state.selection = without(state.selection, choice);
    });
}

void ViewEditor::switch_off(const GraphChoice& choice, bool off)
{
    set_switched_off(
        off ? united(state_.switched_off, choice) : without(state_.switched_off, choice));
}

void ViewEditor::set_switched_off(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) { state.switched_off = choice; });
}

void ViewEditor::show_all()
{
    change(Change::other, [](ViewState& state) {
        state.isolated = {};
        state.hidden = {};
    });
}

void ViewEditor::change_to(const ViewState& state)
{
    change(Change::other, [&](ViewState& now) { now = state; });
}

void ViewEditor::group(const std::string& name, const std::vector<std::string>& nodes)
{
    if (name.empty() || nodes.empty())
        return;
    change(Change::other, [&](ViewState& state) {
        std::vector<Supernode>& all = state.folding.supernodes;
        for (Supernode& other : all)
            std::erase_if(other.members,
                [&](const std::string& member) { return std::ranges::count(nodes, member) > 0; });
        std::erase_if(all,
            [&](const Supernode& other) { return other.members.empty() || other.name == name; });
        all.push_back({ name, nodes, true });
    });
}

void ViewEditor::ungroup(const std::string& name)
{
    change(Change::other, [&](ViewState& state) {
        std::erase_if(state.folding.supernodes,
            [&](const Supernode& supernode) { return supernode.name == name; });
    });
}

void ViewEditor::set_folded(const std::string& name, bool folded)
{
    change(Change::other, [&](ViewState& state) {
        for (Supernode& supernode : state.folding.supernodes)
            if (supernode.name == name)
                supernode.folded = folded;
    });
}

void ViewEditor::fold_layer(int layer, bool folded)
{
    change(Change::other, [=](ViewState& state) { set_in(state.folding.layers, layer, folded); });
}

void ViewEditor::fold_mlps(int layer, bool folded)
{
    change(Change::other, [=](ViewState& state) { set_in(state.folding.mlps, layer, folded); });
}

void ViewEditor::begin_graph()
{
    ViewState fresh;
    fresh.filter = state_.filter;
    fresh.colors = state_.colors;
    fresh.layout = state_.layout;
    fresh.folding.supernodes = state_.folding.supernodes;
    state_ = fresh;
    history_.clear();
}

void ViewEditor::restore(const ViewState& state)
{
    go_to(state);
    history_.clear();
}

void ViewEditor::correct_camera(const CircuitCamera& camera)
{
    state_.camera = camera;
}

bool ViewEditor::load_supernodes(const std::vector<Supernode>& supernodes)
{
    if (supernodes == state_.folding.supernodes)
        return false;
    state_.folding.supernodes = supernodes;
    history_.clear(); // or undo would bring back those of another file
    return true;
}

} // namespace circuitloom::ui
