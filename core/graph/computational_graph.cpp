#include "core/graph/computational_graph.h"

#include "core/base/error.h"

#include <algorithm>

namespace circuitloom {

namespace {

constexpr double edge_limit = 134217728.0; // 2^27
constexpr double node_limit = 16777216.0; // 2^24

void require_positive(int value, const char* what)
{
    if (value < 1)
        throw InputError(std::string("The model's number of ") + what + " is "
            + std::to_string(value) + "; it must be at least 1.");
}

int group_count(const GraphShape& shape, const GraphOptions& options)
{
    const int size = options.mlp_group_size;
    return size == 0 ? 1 : (shape.mlp_width - 1) / size + 1;
}

} // namespace

std::int64_t ComputationalGraph::count_edges(const GraphShape& shape, const GraphOptions& options)
{
    require_positive(shape.layers, "layers");
    require_positive(shape.heads, "attention heads");
    require_positive(shape.kv_heads, "key/value heads");
    require_positive(shape.mlp_width, "neurons in an MLP");
    if (shape.heads % shape.kv_heads != 0)
        throw InputError("The model's " + std::to_string(shape.heads)
            + " attention heads cannot share " + std::to_string(shape.kv_heads)
            + " key/value heads evenly.");
    const int group = options.mlp_group_size;
    if (group < 0 || group > shape.mlp_width)
        throw InputError("The neuron group size " + std::to_string(group)
            + " must be 0 (whole MLPs) or at most the MLP's width of "
            + std::to_string(shape.mlp_width) + ".");

    // In floating point, because absurd sizes must be refused before anything overflows. Every
    // number up to the limit is exact in it.
    const double layers = shape.layers;
    const double heads = shape.heads;
    const double groups = group_count(shape, options);
    const double input = options.kind == GraphKind::full ? 1 : 0;
    const double written_earlier = layers * input + (heads + groups) * layers * (layers - 1) / 2;
    const double attention = (heads + 2.0 * shape.kv_heads) * written_earlier;
    const double own_heads = shape.parallel ? 0 : layers * heads;
    const double mlp = groups * (written_earlier + own_heads);
    const double logits = input * (1 + layers * (heads + groups));
    const double edges = attention + mlp + logits;
    if (edges > edge_limit)
        throw InputError("The model's graph would have more than 2^27 edges; choose a larger "
                         "neuron group size or whole MLPs.");
    // In a single layer whose MLP runs beside its heads no edge may join them.
    const double nodes = 2 * input + layers * (2 * heads + 2.0 * shape.kv_heads + 2 * groups);
    if (nodes > node_limit)
        throw InputError("The model's graph would have more than 2^24 nodes; choose a larger "
                         "neuron group size or whole MLPs.");
    return static_cast<std::int64_t>(edges);
}

ComputationalGraph::ComputationalGraph(const GraphShape& shape, const GraphOptions& options)
    : shape_(shape)
    , options_(options)
{
    edges_.reserve(static_cast<std::size_t>(count_edges(shape, options)));
    add_upstream_nodes();
    add_downstream_nodes();
    add_edges();
}

int ComputationalGraph::groups_per_mlp() const
{
    return group_count(shape_, options_);
}

NeuronRange ComputationalGraph::group_range(int group) const
{
    if (options_.mlp_group_size == 0)
        return { 0, shape_.mlp_width };
    const int first = group * options_.mlp_group_size;
    return { first, std::min(options_.mlp_group_size, shape_.mlp_width - first) };
}

void ComputationalGraph::add_upstream_nodes()
{
    if (options_.kind == GraphKind::full)
        nodes_.push_back({ NodeKind::input, -1, -1 });
    for (int layer = 0; layer < shape_.layers; ++layer) {
        for (int head = 0; head < shape_.heads; ++head)
            nodes_.push_back({ NodeKind::head, layer, head });
        if (options_.mlp_group_size == 0)
            nodes_.push_back({ NodeKind::mlp, layer, -1 });
        else
            for (int group = 0; group < groups_per_mlp(); ++group)
                nodes_.push_back({ NodeKind::mlp_group, layer, group });
    }
    upstream_count_ = static_cast<int>(nodes_.size());
}

void ComputationalGraph::add_downstream_nodes()
{
    for (int layer = 0; layer < shape_.layers; ++layer) {
        for (int head = 0; head < shape_.heads; ++head)
            nodes_.push_back({ NodeKind::query, layer, head });
        for (int head = 0; head < shape_.kv_heads; ++head)
            nodes_.push_back({ NodeKind::key, layer, head });
        for (int head = 0; head < shape_.kv_heads; ++head)
            nodes_.push_back({ NodeKind::value, layer, head });
        if (options_.mlp_group_size == 0)
            nodes_.push_back({ NodeKind::mlp_in, layer, -1 });
        else
            for (int group = 0; group < groups_per_mlp(); ++group)
                nodes_.push_back({ NodeKind::mlp_group_in, layer, group });
    }
    if (options_.kind == GraphKind::full)
        nodes_.push_back({ NodeKind::logits, -1, -1 });
}

int ComputationalGraph::layer_size(bool upstream) const
{
    return shape_.heads + (upstream ? 0 : 2 * shape_.kv_heads) + groups_per_mlp();
}

std::int32_t ComputationalGraph::first_reader(const Node& source) const
{
    if (source.kind == NodeKind::input)
        return upstream_count_;
    const auto layer = upstream_count_ + source.layer * layer_size(false);
    // A head is read by the MLP of its own layer, which comes last there, unless both run at once.
    const bool by_own_mlp = source.kind == NodeKind::head && !shape_.parallel;
    return layer + layer_size(false) - (by_own_mlp ? groups_per_mlp() : 0);
}

void ComputationalGraph::add_edges()
{
    const auto node_count = static_cast<std::int32_t>(nodes_.size());
    for (std::int32_t source = 0; source < upstream_count_; ++source) {
        first_edge_.push_back(static_cast<std::int32_t>(edges_.size()));
        for (auto target = first_reader(node({ source })); target < node_count; ++target)
            edges_.push_back({ { source }, { target } });
    }
}

int ComputationalGraph::writers_of(NodeId reader) const
{
    const Node& read = node(reader);
    if (read.kind == NodeKind::logits)
        return upstream_count_;
    const bool mlp = read.kind == NodeKind::mlp_in || read.kind == NodeKind::mlp_group_in;
    return (options_.kind == GraphKind::full ? 1 : 0) + read.layer * layer_size(true)
        + (mlp && !shape_.parallel ? shape_.heads : 0);
}

std::string ComputationalGraph::edge_name(EdgeId id) const
{
    const Edge& named = edge(id);
    return node_name(node(named.source)) + "->" + node_name(node(named.target));
}

std::optional<NodeId> ComputationalGraph::find_node(const Node& wanted) const
{
    const bool ends = options_.kind == GraphKind::full;
    if (wanted.kind == NodeKind::input || wanted.kind == NodeKind::logits) {
        if (!ends || wanted.layer != -1 || wanted.index != -1)
            return std::nullopt;
        const auto last = static_cast<std::int32_t>(nodes_.size()) - 1;
        return NodeId{ wanted.kind == NodeKind::input ? 0 : last };
    }
    if (wanted.layer < 0 || wanted.layer >= shape_.layers)
        return std::nullopt;

    const bool upstream = is_upstream(wanted.kind);
    const int layer_start = upstream ? (ends ? 1 : 0) + wanted.layer * layer_size(true)
                                     : upstream_count_ + wanted.layer * layer_size(false);
    const auto nth = [&](int offset, int count) -> std::optional<NodeId> {
        if (wanted.index < 0 || wanted.index >= count)
            return std::nullopt;
        return NodeId{ layer_start + offset + wanted.index };
    };
    const int mlp_offset = layer_size(upstream) - groups_per_mlp();
    const bool grouped = options_.mlp_group_size > 0;
    switch (wanted.kind) {
    case NodeKind::head:
    case NodeKind::query:
        return nth(0, shape_.heads);
    case NodeKind::key:
        return nth(shape_.heads, shape_.kv_heads);
    case NodeKind::value:
        return nth(shape_.heads + shape_.kv_heads, shape_.kv_heads);
    case NodeKind::mlp_group:
    case NodeKind::mlp_group_in:
        return grouped ? nth(mlp_offset, groups_per_mlp()) : std::nullopt;
    default:
        if (grouped || wanted.index != -1)
            return std::nullopt;
        return NodeId{ layer_start + mlp_offset };
    }
}

std::optional<EdgeId> ComputationalGraph::find_edge(NodeId source, NodeId target) const
{
    if (source.value < 0 || source.value >= upstream_count_
        || target.value >= static_cast<std::int32_t>(nodes_.size()))
        return std::nullopt;
    const auto first = first_reader(node(source));
    if (target.value < first)
        return std::nullopt;
    return EdgeId{ first_edge_[static_cast<std::size_t>(source.value)] + target.value - first };
}

std::optional<EdgeId> ComputationalGraph::find_edge(std::string_view name) const
{
    const auto arrow = name.find("->");
    if (arrow == std::string_view::npos)
        return std::nullopt;
    const auto source = parse_node_name(name.substr(0, arrow), true);
    const auto target = parse_node_name(name.substr(arrow + 2), false);
    const auto source_id = source ? find_node(*source) : std::nullopt;
    const auto target_id = target ? find_node(*target) : std::nullopt;
    return source_id && target_id ? find_edge(*source_id, *target_id) : std::nullopt;
}

} // namespace circuitloom
