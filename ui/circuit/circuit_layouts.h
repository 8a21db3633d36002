#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"
#include "core/layout/folded_layout.h"
#include "ui/circuit/view_state.h"

#include <memory>
#include <utility>

namespace circuitloom::ui {

/// The layouts of one graph, and which of them is shown: the lattice with what is folded drawn as
/// one node; far away the same with every neuron group folded, as none could be told apart; or a
/// dot layout, once there is one.
class CircuitLayouts
{
public:
    /// Forgets the layouts of the graph before. No graph has no layouts: all pointers are null.
    void set_graph(std::shared_ptr<const ComputationalGraph> graph, const Folding& folding);
    /// Forgets the dot layout, which was made of another plain().
    void fold(const Folding& folding);
    void choose(LayoutChoice choice) { choice_ = choice; }
    /// Made of plain(). Until it is set the plain layout is shown in its place.
    void set_dot(std::shared_ptr<const CircuitLayout> layout) { dot_ = std::move(layout); }
    /// `pixels_per_unit`: how large shapes of plain() are drawn, see CircuitGeometry::scale(). True
    /// where another layout is to be shown from now on.
    bool set_scale(double pixels_per_unit);

    const std::shared_ptr<const ComputationalGraph>& graph() const { return graph_; }
    /// Every node at its place, nothing folded.
    const std::shared_ptr<const CircuitLayout>& lattice() const { return lattice_; }
    /// The lattice with what is folded drawn as one.
    const std::shared_ptr<const CircuitLayout>& plain() const { return plain_; }
    const std::shared_ptr<const CircuitLayout>& shown() const;

private:
    std::shared_ptr<const ComputationalGraph> graph_;
    LayoutChoice choice_ = LayoutChoice::lattice;
    std::shared_ptr<const CircuitLayout> lattice_;
    std::shared_ptr<const CircuitLayout> plain_;
    std::shared_ptr<const CircuitLayout> far_; ///< plain_ with all neuron groups folded
    std::shared_ptr<const CircuitLayout> dot_; ///< null until it is set
    bool is_far_ = false;
};

} // namespace circuitloom::ui
