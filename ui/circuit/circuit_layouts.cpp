#include "ui/circuit/circuit_layouts.h"

#include "core/layout/compact_layout.h"
#include "core/layout/lattice_layout.h"
#include "core/layout/matrix_layout.h"

#include <algorithm>
#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double far_below = 0.3; // pixels a unit of shapes: no name can be read
constexpr double near_from = 0.36; // a little more, so that nothing flickers between the two
constexpr double unfolds_at = 1.8; // zoom at which a crowd of edges is shown edge by edge …
constexpr double folds_below = 1.6; // … and below which it is not

bool same_places(const CircuitLayout& a, const CircuitLayout& b)
{
    const auto same = [](const DrawnNode& one, const DrawnNode& other) {
        return one.x == other.x && one.y == other.y && one.used == other.used
            && one.label == other.label;
    };
    return a.form == b.form && a.drawn_of == b.drawn_of && a.routes.size() == b.routes.size()
        && std::ranges::equal(a.nodes, b.nodes, same);
}

// Keeps the layout that is there where the new one looks the same, so that nothing starts anew.
void replace(std::shared_ptr<const CircuitLayout>& layout, CircuitLayout made)
{
    if (!layout || !same_places(*layout, made))
        layout = std::make_shared<const CircuitLayout>(std::move(made));
}

} // namespace

CircuitLayout layout_by_layers(const ComputationalGraph& graph, const CircuitLayout& lattice,
    Folding folding, std::span<const EdgeId> edges)
{
    for (int layer = 0; layer < graph.shape().layers; ++layer) {
        folding.mlps.insert(layer);
        folding.heads.insert(layer);
    }
    return layered_layout(graph, folded_layout(lattice, folding), edges);
}

void CircuitLayouts::set_graph(
    std::shared_ptr<const ComputationalGraph> graph, const Folding& folding)
{
    graph_ = std::move(graph);
    lattice_ = graph_ ? std::make_shared<const CircuitLayout>(lattice_layout(*graph_)) : nullptr;
    edges_.clear();
    most_edges_ = 0;
    fold(folding);
}

void CircuitLayouts::fold(const Folding& folding)
{
    folding_ = folding;
    plain_ = lattice_;
    if (lattice_ && folding != Folding{})
        plain_ = std::make_shared<const CircuitLayout>(folded_layout(*lattice_, folding));
    dot_ = nullptr;
    near_ = nullptr;
    far_ = nullptr;
    matrix_ = nullptr;
    make_close();
}

bool CircuitLayouts::set_edges(std::vector<EdgeId> edges, int most)
{
    const std::shared_ptr<const CircuitLayout> before = shown();
    edges_ = std::move(edges);
    most_edges_ = most;
    make_close();
    return shown() != before;
}

void CircuitLayouts::choose(LayoutChoice choice)
{
    choice_ = choice;
    make_matrix();
}

bool CircuitLayouts::is_crowded() const
{
    return most_edges_ > most_single_edges;
}

void CircuitLayouts::make_close()
{
    if (!lattice_) {
        near_ = far_ = nullptr;
        return;
    }
    if (edges_.empty())
        near_ = plain_;
    else
        replace(near_, compact_layout(*graph_, *plain_, edges_));
    if (is_crowded()) {
        replace(far_, layout_by_layers(*graph_, *lattice_, folding_, edges_));
    } else if (graph_->groups_per_mlp() > 1) {
        Folding all = folding_;
        for (int layer = 0; layer < graph_->shape().layers; ++layer)
            all.mlps.insert(layer);
        replace(far_, compact_layout(*graph_, folded_layout(*lattice_, all), edges_));
    } else {
        far_ = near_;
    }
    make_matrix();
}

void CircuitLayouts::make_matrix()
{
    if (choice_ == LayoutChoice::matrix && lattice_ && !edges_.empty())
        replace(matrix_, matrix_layout(*graph_, *plain_, edges_));
}

bool CircuitLayouts::set_scale(double pixels_per_unit, double zoom)
{
    const std::shared_ptr<const CircuitLayout> before = shown();
    is_far_ = is_crowded() ? zoom < (is_far_ ? unfolds_at : folds_below)
                           : pixels_per_unit < (is_far_ ? near_from : far_below);
    return shown() != before;
}

const std::shared_ptr<const CircuitLayout>& CircuitLayouts::shown() const
{
    // Graphviz cannot untangle a crowd either.
    if (choice_ == LayoutChoice::dot && dot_ && !(is_far_ && is_crowded()))
        return dot_;
    if (choice_ == LayoutChoice::matrix && matrix_)
        return matrix_;
    return is_far_ ? far_ : near_;
}

} // namespace circuitloom::ui
