#pragma once

#include <string>
#include <vector>

namespace circuitloom {

/// What is drawn as one shape: an attention head with its q, k and v inputs, an MLP or neuron
/// group, the input, the logits, a key/value head shared by several query heads, or several of
/// these folded into one.
struct DrawnNode
{
    enum class Kind
    {
        input,
        head,
        kv_head,
        mlp,
        logits,
        group
    };
    Kind kind = Kind::input;
    int layer = -1;
    std::string label; ///< `h4`, `g9`, `mlp`, `kv1`, `input`, `logits`
    std::string name; ///< `a2.h4`, `m0.g9`, `m3`, `a2.kv1`, `input`, `logits`
    double x = 0; ///< of its centre, in the layout's own units; y grows downwards
    double y = 0;
    double width = 0;
    double height = 0;
    bool used = true; ///< edges of the run touch it; the others are places only
};

/// The band behind one layer.
struct LayerBand
{
    int layer = 0;
    double x = 0, y = 0, width = 0, height = 0;
};

/// How an edge between two drawn nodes goes around others: where the two middle control points of
/// its curve stand, aside of its ends in the layout's units, above its source and below its target
/// in shares of the height between the two.
struct EdgeRoute
{
    int from = 0; ///< indices into CircuitLayout::nodes
    int to = 0;
    double aside_from = 0;
    double aside_to = 0;
    double reach_from = 0.5;
    double reach_to = 0.5;
};

/// How many times their size in the layout the nodes could have, whose middles stay where they are.
/// 0 where that was not measured.
struct NodeRoom
{
    double up = 0; ///< before one touches another that is over or under it
    double across = 0; ///< before one touches another beside it, or the picture's side
    double in_bands = 0; ///< before one leaves its band
};

/// How edges are drawn.
enum class LayoutForm
{
    nodes, ///< each as a curve
    layers, ///< nodes stand for so much that all edges between two of them are one curve
    matrix ///< each as a cell in its source's row and its target's column
};

/// Where everything is. Plain geometry, the same for every iteration: a node never moves.
struct CircuitLayout
{
    std::vector<DrawnNode> nodes;
    std::vector<LayerBand> bands;
    std::vector<int> drawn_of; ///< for each NodeId of the graph, an index into `nodes`
    double width = 0;
    double height = 0;
    std::vector<EdgeRoute> routes; ///< by `from`, then `to`; of the edges known so far
    LayoutForm form = LayoutForm::nodes;
    NodeRoom room;
};

/// The route between two drawn nodes; null where none was looked for.
const EdgeRoute* find_route(const CircuitLayout& layout, int from, int to);

} // namespace circuitloom
