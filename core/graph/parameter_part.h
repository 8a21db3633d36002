#pragma once

#include "core/graph/computational_graph.h"

#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// Some parameters of a model that are looked at together. Every parameter belongs to exactly one
/// part: what a node alone reads or writes with belongs to the node, the rest to the layer or to an
/// end of the model.
struct ParameterPart
{
    enum class Kind
    {
        query, ///< a head's columns of W_Q and b_Q
        key, ///< a key/value head's columns of W_K and b_K
        value, ///< likewise of W_V and b_V
        output, ///< a head's rows of W_O
        mlp, ///< of a whole MLP all matrices and biases; of a neuron group all but b_out
        shared, ///< a layer's norms, b_O, and b_out where its MLP is in groups
        embedding, ///< of tokens and positions
        unembedding ///< the final norm, and the unembedding where it is not the embedding
    };
    Kind kind = Kind::shared;
    int layer = -1; ///< -1 for the ends of the model
    int index = -1; ///< head, key/value head or neuron group; -1 where there is only one
    auto operator<=>(const ParameterPart&) const = default;
};

/// `a2.h4<q>`, `a2.h4<o>`, `m3`, `m3.g7`, `layer 2, shared`, `embedding`, `unembedding`. Where query
/// heads share a key, it is called by the number of the key/value head, as its node is.
std::string parameter_part_name(const ParameterPart& part);

/// Every part: the embedding, layer by layer the queries, keys, values, outputs, MLP or groups and
/// what is shared, then the unembedding. Those of a graph of kind `paper` are the same.
std::vector<ParameterPart> parameter_parts(const ComputationalGraph& graph);

/// The nodes of the graph that read or write with the part; none of what a layer shares, nor of
/// nodes that the graph leaves out.
std::vector<NodeId> nodes_with(const ComputationalGraph& graph, const ParameterPart& part);

/// The part that a node reads or writes with.
ParameterPart part_of(const Node& node);

/// The parts with these names, in the order of parameter_parts(): a part's own name, that of a head
/// (`a2.h4`: its query, its output and, where no other head shares them, its key and value), of an MLP
/// in groups (`m3`: all of them), or `all`. Throws InputError for a name that the graph has not.
std::vector<ParameterPart> named_parts(
    const ComputationalGraph& graph, std::span<const std::string> names);

} // namespace circuitloom
