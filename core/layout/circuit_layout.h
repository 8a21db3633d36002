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
};

/// The band behind one layer.
struct LayerBand
{
    int layer = 0;
    double x = 0, y = 0, width = 0, height = 0;
};

/// Where everything is. Plain geometry, the same for every iteration: a node never moves.
struct CircuitLayout
{
    std::vector<DrawnNode> nodes;
    std::vector<LayerBand> bands;
    std::vector<int> drawn_of; ///< for each NodeId of the graph, an index into `nodes`
    double width = 0;
    double height = 0;
};

} // namespace circuitloom
