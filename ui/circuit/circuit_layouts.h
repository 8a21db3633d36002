#pragma once

#include "core/graph/computational_graph.h"
#include "core/layout/circuit_layout.h"
#include "core/layout/folded_layout.h"
#include "ui/circuit/view_state.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace circuitloom::ui {

/// With more edges than these at one iteration a lattice is drawn by layers until it is looked at
/// closely.
inline constexpr int most_single_edges = 240;

/// See layered_layout(): of `lattice` with what `folding` says and all layers folded.
CircuitLayout layout_by_layers(const ComputationalGraph& graph, const CircuitLayout& lattice,
    Folding folding, std::span<const EdgeId> edges);

/// The layouts of one graph, and which of them is shown: the lattice with what is folded drawn as
/// one node, close together once the run's edges are known; the same far away with every neuron
/// group folded, as none could be told apart, or, of very many edges, with every layer folded; a
/// dot layout, once there is one, but of very many edges the same as the lattice far away; or a
/// matrix.
class CircuitLayouts
{
public:
    /// Forgets the layouts of the graph before. No graph has no layouts: all pointers are null.
    void set_graph(std::shared_ptr<const ComputationalGraph> graph, const Folding& folding);
    /// Forgets the dot layout, which was made of another plain().
    void fold(const Folding& folding);
    void choose(LayoutChoice choice);
    /// Made of plain(). Until it is set the plain layout is shown in its place.
    void set_dot(std::shared_ptr<const CircuitLayout> layout) { dot_ = std::move(layout); }
    /// All edges that are shown in any iteration, and how many in one of them at most. True where
    /// another layout is to be shown from now on.
    bool set_edges(std::vector<EdgeId> edges, int most);
    /// `pixels_per_unit`: how large shapes of near() are drawn, see CircuitGeometry::scale(). True
    /// where another layout is to be shown from now on.
    bool set_scale(double pixels_per_unit, double zoom);

    const std::shared_ptr<const ComputationalGraph>& graph() const { return graph_; }
    /// Every node at its place, nothing folded.
    const std::shared_ptr<const CircuitLayout>& lattice() const { return lattice_; }
    /// The lattice with what is folded drawn as one.
    const std::shared_ptr<const CircuitLayout>& plain() const { return plain_; }
    /// The same as it is shown near by.
    const std::shared_ptr<const CircuitLayout>& near() const { return near_; }
    const std::shared_ptr<const CircuitLayout>& shown() const;

private:
    void make_close();
    void make_matrix();
    bool is_crowded() const;

    std::shared_ptr<const ComputationalGraph> graph_;
    LayoutChoice choice_ = LayoutChoice::lattice;
    std::shared_ptr<const CircuitLayout> lattice_;
    std::shared_ptr<const CircuitLayout> plain_;
    std::shared_ptr<const CircuitLayout> near_; ///< plain_, close together
    std::shared_ptr<const CircuitLayout> far_; ///< near_ with all neuron groups or layers folded
    std::shared_ptr<const CircuitLayout> matrix_; ///< null until it is chosen and edges are known
    std::shared_ptr<const CircuitLayout> dot_; ///< null until it is set
    Folding folding_;
    std::vector<EdgeId> edges_;
    int most_edges_ = 0;
    bool is_far_ = false;
};

} // namespace circuitloom::ui
