#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The sizes that decide a model's graph. `kv_heads` < `heads` is grouped-query attention.
struct GraphShape
{
    int layers = 0;
    int heads = 0;
    int kv_heads = 0;
    int mlp_width = 0;
    bool parallel = false; ///< the MLP reads the same stream as the heads of its layer
    auto operator<=>(const GraphShape&) const = default;
};

/// `full` has every node; `paper` leaves out `input` and `logits`, as the paper's GPT-2 runs do.
enum class GraphKind
{
    full,
    paper
};
std::string_view graph_kind_name(GraphKind kind);

struct GraphOptions
{
    GraphKind kind = GraphKind::full;
    /// Neurons to a group; 0 keeps every MLP whole. Where it does not divide `mlp_width`, the last
    /// group is smaller.
    int mlp_group_size = 0;
    auto operator<=>(const GraphOptions&) const = default;
};

/// What a node is. The first four write to the residual stream, the others read from it.
enum class NodeKind
{
    input,
    head,
    mlp,
    mlp_group,
    query,
    key,
    value,
    mlp_in,
    mlp_group_in,
    logits
};

/// True for the kinds that write to the residual stream (upstream ends of edges).
bool is_upstream(NodeKind kind);

struct Node
{
    NodeKind kind = NodeKind::input;
    int layer = -1; ///< -1 for input and logits
    int index = -1; ///< head, key/value head or neuron group; -1 where there is only one
    auto operator<=>(const Node&) const = default;
};

/// `a2.h4`, `a2.h4<q>`, `m3`, `m3.g7`, `input`, `logits` (algorithm.md, section 1).
std::string node_name(const Node& node);
/// The inverse of node_name() for one side of an edge: `m3` is `mlp` upstream and `mlp_in`
/// downstream. Empty where the text is no such name.
std::optional<Node> parse_node_name(std::string_view name, bool upstream);

struct Edge
{
    NodeId source; ///< writes to the residual stream
    NodeId target; ///< reads from it
    auto operator<=>(const Edge&) const = default;
};

/// Neurons [first, first + count) of one MLP.
struct NeuronRange
{
    int first = 0;
    int count = 0;
};

/// A decoder-only transformer read as a graph whose edges are the residual stream
/// (algorithm.md, section 1). Immutable; nodes and edges are numbered once.
///
/// Upstream nodes come first: input, then for each layer its heads and its MLP (or groups). Then
/// the downstream ones: for each layer its queries, keys, values and its MLP (or groups), and last
/// the logits. Edges are sorted by source, then target. In these orders every target reads a
/// prefix of the upstream nodes, and every source is read by a suffix of the downstream ones.
class ComputationalGraph
{
public:
    /// Throws InputError where a size is not positive, a group is larger than the MLP, or the graph
    /// would have more than 2^27 edges or 2^24 nodes.
    ComputationalGraph(const GraphShape& shape, const GraphOptions& options);

    /// How many edges such a graph has, without building it. Throws as the constructor does.
    static std::int64_t count_edges(const GraphShape& shape, const GraphOptions& options);

    const GraphShape& shape() const { return shape_; }
    const GraphOptions& options() const { return options_; }

    std::span<const Node> nodes() const { return nodes_; }
    std::span<const Edge> edges() const { return edges_; }
    const Node& node(NodeId id) const { return nodes_[static_cast<std::size_t>(id.value)]; }
    const Edge& edge(EdgeId id) const { return edges_[static_cast<std::size_t>(id.value)]; }

    /// Upstream nodes are nodes [0, upstream_count()).
    int upstream_count() const { return upstream_count_; }
    int downstream_count() const { return static_cast<int>(nodes_.size()) - upstream_count_; }
    /// Neuron groups of one MLP; 1 for a whole MLP.
    int groups_per_mlp() const;
    /// The neurons of that group.
    NeuronRange group_range(int group) const;

    /// How many upstream nodes `reader` reads: the first so many.
    int writers_of(NodeId reader) const;

    /// Names as in `m4->a5.h3<q>`.
    std::string edge_name(EdgeId id) const;
    std::optional<NodeId> find_node(const Node& wanted) const;
    std::optional<EdgeId> find_edge(NodeId source, NodeId target) const;
    std::optional<EdgeId> find_edge(std::string_view name) const;

private:
    void add_upstream_nodes();
    void add_downstream_nodes();
    void add_edges();
    /// How many upstream (downstream) nodes one layer has.
    int layer_size(bool upstream) const;
    /// The first downstream node that reads `source`; all after it do so too.
    std::int32_t first_reader(const Node& source) const;

    GraphShape shape_;
    GraphOptions options_;
    std::vector<Node> nodes_;
    std::vector<Edge> edges_;
    int upstream_count_ = 0;
    std::vector<std::int32_t> first_edge_; ///< of each upstream node
};

} // namespace circuitloom
