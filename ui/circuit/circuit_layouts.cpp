#include "ui/circuit/circuit_layouts.h"

#include "core/layout/lattice_layout.h"

#include <utility>

namespace circuitloom::ui {

namespace {

constexpr double far_below = 0.3; // pixels a unit of shapes: no name can be read
constexpr double near_from = 0.36; // a little more, so that nothing flickers between the two

} // namespace

void CircuitLayouts::set_graph(
    std::shared_ptr<const ComputationalGraph> graph, const Folding& folding)
{
    graph_ = std::move(graph);
    lattice_ = graph_ ? std::make_shared<const CircuitLayout>(lattice_layout(*graph_)) : nullptr;
    fold(folding);
}

void CircuitLayouts::fold(const Folding& folding)
{
    plain_ = lattice_;
    if (lattice_ && folding != Folding{})
        plain_ = std::make_shared<const CircuitLayout>(folded_layout(*lattice_, folding));
    dot_ = nullptr;
    far_ = plain_;
    if (lattice_ && graph_->groups_per_mlp() > 1) {
        Folding all = folding;
        for (int layer = 0; layer < graph_->shape().layers; ++layer)
            all.mlps.insert(layer);
        far_ = std::make_shared<const CircuitLayout>(folded_layout(*lattice_, all));
    }
}

bool CircuitLayouts::set_scale(double pixels_per_unit)
{
    const std::shared_ptr<const CircuitLayout> before = shown();
    is_far_ = pixels_per_unit < (is_far_ ? near_from : far_below);
    return shown() != before;
}

const std::shared_ptr<const CircuitLayout>& CircuitLayouts::shown() const
{
    if (choice_ == LayoutChoice::dot && dot_)
        return dot_;
    return is_far_ ? far_ : plain_;
}

} // namespace circuitloom::ui
