#include "core/layout/matrix_layout.h"

#include "core/layout/compact_layout.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using Kind = DrawnNode::Kind;

constexpr double row_height = 20;
constexpr double head_height = 16;
constexpr double column_width = 32;
constexpr double between_layers = 3;
constexpr double layer_names = 18; // above the columns' heads
constexpr double margin = 6;

/// The nodes at one side of the matrix, in the order in which the model computes them.
struct Side
{
    std::vector<int> nodes; ///< indices into the base's nodes
    std::map<int, double> from; ///< by such an index
    std::map<int, int> index; ///< into the layout's nodes
    double end = 0;
};

/// The stretch of a side that belongs to one layer.
struct Stretch
{
    int layer;
    double from;
    double to;
};

class MatrixBuilder
{
public:
    MatrixBuilder(
        const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges)
        : base_(base)
    {
        for (const EdgeId id : edges) {
            const Edge& edge = graph.edge(id);
            add(rows_, drawn(edge.source));
            add(columns_, drawn(edge.target));
        }
        layout_.form = LayoutForm::matrix;
        upstream_ = graph.upstream_count();
    }

    CircuitLayout build()
    {
        for (Side* side : { &rows_, &columns_ })
            std::ranges::sort(side->nodes, {}, [this](int node) { return order_of(node); });
        const CircuitLayout named = named_in_full(base_);
        double head_width = 0;
        for (const int node : rows_.nodes)
            head_width = std::max(head_width, at(named, node).width);
        place(rows_, margin + layer_names + head_height + margin,
            [](const DrawnNode&) { return row_height; });
        place(columns_, 2 * margin + head_width,
            [](const DrawnNode& node) { return node.layer < 0 ? node.width + 4 : column_width; });
        layout_.width = columns_.end + margin;
        layout_.height = rows_.end + margin;
        for (const int node : rows_.nodes) {
            DrawnNode head = at(named, node);
            head.x = margin + head_width / 2;
            head.y = rows_.from.at(node) + row_height / 2;
            head.width = head_width;
            head.height = head_height;
            add_head(rows_, node, std::move(head));
        }
        for (const int node : columns_.nodes) {
            DrawnNode head = at(base_, node);
            head.width = head.layer < 0 ? head.width : column_width - 3;
            head.x = columns_.from.at(node) + (head.layer < 0 ? head.width + 4 : column_width) / 2;
            head.y = margin + layer_names + head_height / 2;
            head.height = head_height;
            add_head(columns_, node, std::move(head));
        }
        add_blocks();
        map_graph_nodes();
        return std::move(layout_);
    }

private:
    static const DrawnNode& at(const CircuitLayout& layout, int node)
    {
        return layout.nodes[static_cast<std::size_t>(node)];
    }
    int drawn(NodeId node) const { return base_.drawn_of[static_cast<std::size_t>(node.value)]; }

    static void add(Side& side, int node)
    {
        if (side.from.emplace(node, 0).second)
            side.nodes.push_back(node);
    }

    // By layer, in it heads before MLPs, from the left.
    std::tuple<int, double, double> order_of(int node) const
    {
        const DrawnNode& drawn = at(base_, node);
        if (drawn.kind == Kind::input)
            return { -1, 0, 0 };
        if (drawn.kind == Kind::logits)
            return { std::numeric_limits<int>::max(), 0, 0 };
        return { drawn.layer, -drawn.y, drawn.x };
    }

    void place(Side& side, double begin, auto extent)
    {
        double from = begin;
        int layer = side.nodes.empty() ? -1 : at(base_, side.nodes.front()).layer;
        for (const int node : side.nodes) {
            if (at(base_, node).layer != std::exchange(layer, at(base_, node).layer))
                from += between_layers;
            side.from[node] = from;
            from += extent(at(base_, node));
        }
        side.end = from;
    }

    void add_head(Side& side, int node, DrawnNode head)
    {
        side.index[node] = static_cast<int>(layout_.nodes.size());
        layout_.nodes.push_back(std::move(head));
    }

    std::vector<Stretch> stretches(const Side& side) const
    {
        std::vector<Stretch> all;
        for (std::size_t i = 0; i < side.nodes.size(); ++i) {
            const DrawnNode& node = at(base_, side.nodes[i]);
            const double from = side.from.at(side.nodes[i]);
            // Input and logits are both without a layer, at opposite ends.
            if (all.empty() || all.back().layer != node.layer)
                all.push_back({ node.layer, from, from });
            const bool last = i + 1 == side.nodes.size();
            const double next = last ? side.end : side.from.at(side.nodes[i + 1]);
            const bool layer_ends = !last && at(base_, side.nodes[i + 1]).layer != node.layer;
            all.back().to = next - (layer_ends ? between_layers : 0);
        }
        return all;
    }

    // Where a layer is read by a later one or by itself: all that can hold an edge.
    void add_blocks()
    {
        for (const Stretch& row : stretches(rows_))
            for (const Stretch& column : stretches(columns_))
                if (column.layer < 0 || row.layer <= column.layer)
                    layout_.bands.push_back({ column.layer, column.from, row.from,
                        column.to - column.from, row.to - row.from });
    }

    void map_graph_nodes()
    {
        int none = -1;
        for (std::size_t node = 0; node < base_.drawn_of.size(); ++node) {
            const Side& side = static_cast<int>(node) < upstream_ ? rows_ : columns_;
            const auto head = side.index.find(base_.drawn_of[node]);
            if (head == side.index.end() && none < 0) {
                none = static_cast<int>(layout_.nodes.size());
                DrawnNode nowhere;
                nowhere.kind = Kind::group;
                nowhere.layer = 0;
                nowhere.used = false;
                nowhere.name = "not in the matrix";
                layout_.nodes.push_back(std::move(nowhere));
            }
            layout_.drawn_of.push_back(head == side.index.end() ? none : head->second);
        }
    }

    const CircuitLayout& base_;
    int upstream_ = 0;
    Side rows_;
    Side columns_;
    CircuitLayout layout_;
};

} // namespace

CircuitLayout matrix_layout(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges)
{
    return MatrixBuilder(graph, base, edges).build();
}

} // namespace circuitloom
