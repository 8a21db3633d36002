// What the user does to CircuitView, and how it is taken back.
#include "ui/circuit/circuit_view.h"

#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/circuit_search.h"

#include <algorithm>
#include <set>
#include <utility>

namespace circuitloom::ui {

namespace {

using Change = ViewHistory::Change;

constexpr double smallest_zoom = 0.5;
constexpr double largest_zoom = 16;
constexpr double largest_zoom_to = 6; // to a selection: the nodes around it are wanted as well
constexpr double filled_by_selection = 0.7; // of the view
constexpr double far_below = 0.3; // pixels a unit of shapes: no name can be read
constexpr double near_from = 0.36; // a little more, so that nothing flickers between the two

void set_in(std::set<int>& layers, int layer, bool in)
{
    if (in)
        layers.insert(layer);
    else
        layers.erase(layer);
}

} // namespace

void CircuitView::change(Change kind, const std::function<void(ViewState&)>& edit)
{
    ViewState next = state_;
    edit(next);
    if (next == state_)
        return;
    history_.record(state_, kind, clock_.elapsed());
    apply(next);
}

void CircuitView::undo()
{
    if (const auto state = history_.undo(state_))
        apply(*state);
}

void CircuitView::redo()
{
    if (const auto state = history_.redo(state_))
        apply(*state);
}

void CircuitView::apply(const ViewState& next)
{
    const ViewState before = std::exchange(state_, next);
    if (state_.folding != before.folding)
        rebuild_plain_layout();
    else if (state_.layout != before.layout)
        take_layout();
    if (state_.camera != before.camera)
        set_camera(state_.camera);
    if (state_.filter != before.filter || state_.isolated != before.isolated
        || state_.hidden != before.hidden) {
        options_.filter = state_.filter;
        options_.isolated = state_.isolated;
        options_.hidden = state_.hidden;
        go_to_target(true);
    }
    update_focus();
    update();
    if (state_.selection != before.selection)
        Q_EMIT selection_changed(choice_name(target_, state_.selection));
    if (state_.folding.supernodes != before.folding.supernodes)
        Q_EMIT supernodes_changed(state_.folding.supernodes);
    Q_EMIT state_changed();
}

void CircuitView::rebuild_plain_layout()
{
    plain_ = lattice_;
    if (lattice_ && state_.folding != Folding{})
        plain_ = std::make_shared<const CircuitLayout>(folded_layout(*lattice_, state_.folding));
    dot_ = nullptr;
    far_ = plain_;
    if (lattice_ && target_.graph->groups_per_mlp() > 1) {
        Folding folding = state_.folding;
        for (int layer = 0; layer < target_.graph->shape().layers; ++layer)
            folding.mlps.insert(layer);
        far_ = std::make_shared<const CircuitLayout>(folded_layout(*lattice_, folding));
    }
    take_layout();
    mind_distance();
    Q_EMIT plain_layout_changed();
}

void CircuitView::mind_distance()
{
    if (!plain_)
        return;
    const double scale = CircuitGeometry(*plain_, graph_rect(), state_.camera).scale();
    const bool far = scale < (is_far_ ? near_from : far_below);
    if (std::exchange(is_far_, far) != far)
        take_layout();
}

void CircuitView::take_layout()
{
    if (state_.layout == LayoutChoice::dot && dot_)
        target_.layout = dot_;
    else
        target_.layout = is_far_ ? far_ : plain_;
    // Drawn nodes are numbered anew.
    hover_.reset();
    lit_.hover.reset();
    go_to_target(false);
}

void CircuitView::set_dot_layout(std::shared_ptr<const CircuitLayout> layout)
{
    dot_ = std::move(layout);
    take_layout();
}

void CircuitView::set_filter(const CircuitFilter& filter)
{
    change(Change::filter, [&](ViewState& state) { state.filter = filter; });
}

void CircuitView::choose_colors(ColorChoice colors)
{
    change(Change::other, [=](ViewState& state) { state.colors = colors; });
}

void CircuitView::choose_layout(LayoutChoice layout)
{
    change(Change::other, [=](ViewState& state) { state.layout = layout; });
}

// A corner of the graph stays in sight however far it is dragged.
CircuitCamera CircuitView::within_sight(CircuitCamera camera) const
{
    camera.zoom = std::clamp(camera.zoom, smallest_zoom, largest_zoom);
    const double most_x = width() * camera.zoom / 2;
    const double most_y = height() * camera.zoom / 2;
    camera.pan = { std::clamp(camera.pan.x(), -most_x, most_x),
        std::clamp(camera.pan.y(), -most_y, most_y) };
    return camera;
}

void CircuitView::set_camera(const CircuitCamera& camera)
{
    state_.camera = within_sight(camera);
    hits_.reset();
    mind_distance();
    update();
}

void CircuitView::fit()
{
    change(Change::camera, [](ViewState& state) { state.camera = {}; });
}

void CircuitView::pan_by(const QPointF& pixels)
{
    change(Change::camera, [&](ViewState& state) {
        state.camera.pan += pixels;
        state.camera = within_sight(state.camera);
    });
}

void CircuitView::zoom_by(double factor, const QPointF& around)
{
    change(Change::camera, [&](ViewState& state) {
        CircuitCamera& camera = state.camera;
        const double zoom = std::clamp(camera.zoom * factor, smallest_zoom, largest_zoom);
        const QPointF from_centre = around - graph_rect().center();
        camera.pan = from_centre - (from_centre - camera.pan) * (zoom / camera.zoom);
        camera.zoom = zoom;
        camera = within_sight(camera);
    });
}

void CircuitView::zoom_to_selection()
{
    if (!target_.layout || state_.selection.empty())
        return;
    const QRectF area = graph_rect();
    const CircuitGeometry geometry(*target_.layout, area, state_.camera);
    QRectF wanted;
    for (const NodeOrEdge& item : items_of(*target_.layout, state_.selection)) {
        if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
            wanted |= geometry.node_rect(*node);
        } else {
            const EdgeId edge = std::get<EdgeId>(item);
            wanted |= geometry.node_rect(source_of(target_, edge))
                | geometry.node_rect(target_of(target_, edge));
        }
    }
    const double grows = filled_by_selection
        * std::min(area.width() / wanted.width(), area.height() / wanted.height());
    change(Change::camera, [&](ViewState& state) {
        CircuitCamera& camera = state.camera;
        const double zoom = std::clamp(camera.zoom * grows, 1.0, largest_zoom_to);
        camera.pan = (area.center() + camera.pan - wanted.center()) * (zoom / camera.zoom);
        camera.zoom = zoom;
        camera = within_sight(camera);
    });
}

void CircuitView::select(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) { state.selection = choice; });
}

void CircuitView::select_item(const std::optional<NodeOrEdge>& item)
{
    select(item && target_.layout ? choice_of(*target_.layout, *item) : GraphChoice{});
}

void CircuitView::toggle_item(const NodeOrEdge& item)
{
    const GraphChoice choice = choice_of(*target_.layout, item);
    select(contains(state_.selection, choice) ? without(state_.selection, choice)
                                              : united(state_.selection, choice));
}

bool CircuitView::select_named(const QString& name)
{
    if (!target_.graph)
        return false;
    const auto found = find_named({ *target_.graph, *lattice_, *target_.layout, now_ }, name);
    if (found)
        select(*found);
    return found.has_value();
}

QStringList CircuitView::completions_of(const QString& typed, int most) const
{
    if (!target_.graph)
        return {};
    return completions({ *target_.graph, *lattice_, *target_.layout, now_ }, typed, most);
}

void CircuitView::isolate(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) { state.isolated = choice; });
}

void CircuitView::set_pinned(const GraphChoice& choice, bool pinned)
{
    change(Change::other, [&](ViewState& state) {
        state.pinned = pinned ? united(state.pinned, choice) : without(state.pinned, choice);
    });
}

void CircuitView::hide_choice(const GraphChoice& choice)
{
    change(Change::other, [&](ViewState& state) {
        state.hidden = united(state.hidden, choice);
        state.selection = without(state.selection, choice);
    });
}

void CircuitView::show_all()
{
    change(Change::other, [](ViewState& state) {
        state.isolated = {};
        state.hidden = {};
    });
}

void CircuitView::set_supernodes(const std::vector<Supernode>& supernodes)
{
    if (supernodes == state_.folding.supernodes)
        return;
    state_.folding.supernodes = supernodes;
    history_.clear(); // or undo would bring back those of another file
    rebuild_plain_layout();
    Q_EMIT state_changed();
}

void CircuitView::group(const QString& name, const GraphChoice& choice)
{
    if (!lattice_)
        return;
    Supernode made{ name.toStdString(), {}, true };
    for (const NodeOrEdge& item : items_of(*lattice_, choice))
        if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
            const DrawnNode& drawn = lattice_->nodes[static_cast<std::size_t>(node->value)];
            if (drawn.layer >= 0)
                made.members.push_back(drawn.name);
        }
    if (made.name.empty() || made.members.empty())
        return;
    change(Change::other, [&](ViewState& state) {
        std::vector<Supernode>& all = state.folding.supernodes;
        for (Supernode& other : all)
            std::erase_if(other.members, [&](const std::string& member) {
                return std::ranges::count(made.members, member) > 0;
            });
        std::erase_if(all, [&](const Supernode& other) {
            return other.members.empty() || other.name == made.name;
        });
        all.push_back(made);
    });
}

void CircuitView::ungroup(const std::string& name)
{
    change(Change::other, [&](ViewState& state) {
        std::erase_if(state.folding.supernodes,
            [&](const Supernode& supernode) { return supernode.name == name; });
    });
}

void CircuitView::set_folded(const std::string& name, bool folded)
{
    change(Change::other, [&](ViewState& state) {
        for (Supernode& supernode : state.folding.supernodes)
            if (supernode.name == name)
                supernode.folded = folded;
    });
}

void CircuitView::fold_layer(int layer, bool folded)
{
    change(Change::other, [=](ViewState& state) { set_in(state.folding.layers, layer, folded); });
}

void CircuitView::fold_mlps(int layer, bool folded)
{
    change(Change::other, [=](ViewState& state) { set_in(state.folding.mlps, layer, folded); });
}

} // namespace circuitloom::ui
