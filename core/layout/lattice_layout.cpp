#include "core/layout/lattice_layout.h"

#include "core/layout/reading_order.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace circuitloom {

namespace {

constexpr double node_height = 20;
constexpr double slot_width = 46; // from one node of a row to the next, at least
constexpr double margin_left = 84; // where the layers' names stand
constexpr double margin_right = 26;
constexpr double end_gap = 16; // between a band and the input or the logits
constexpr double mlp_rise = 24; // of a whole MLP over the heads beside it
constexpr int longest_row = 32; // more nodes than this wrap into several rows
constexpr int fewest_slots = 10; // keeps a tiny model from becoming a tower

// Vertical distances. Where there are many rows they stand closer, so that a deep model still fits
// a screen with labels that can be read.
struct Spacing
{
    double pitch; // from row to row
    double padding; // above the upper and below the lower row's nodes
    double gap; // between bands
};

Spacing spacing_for(int rows)
{
    constexpr double few = 10;
    constexpr double many = 28;
    const double crowded = std::clamp((rows - few) / (many - few), 0.0, 1.0);
    return { 46 - 18 * crowded, 12 - 7 * crowded, 12 - 6 * crowded };
}

std::string label_of(DrawnNode::Kind kind, int index)
{
    switch (kind) {
    case DrawnNode::Kind::input:
        return "input";
    case DrawnNode::Kind::logits:
        return "logits";
    case DrawnNode::Kind::head:
        return "h" + std::to_string(index);
    case DrawnNode::Kind::kv_head:
        return "kv" + std::to_string(index);
    case DrawnNode::Kind::mlp:
    case DrawnNode::Kind::group:
        break;
    }
    return index < 0 ? "mlp" : "g" + std::to_string(index);
}

std::string name_of(DrawnNode::Kind kind, int layer, int index)
{
    switch (kind) {
    case DrawnNode::Kind::input:
    case DrawnNode::Kind::logits:
        return label_of(kind, index);
    case DrawnNode::Kind::head:
    case DrawnNode::Kind::kv_head:
        return "a" + std::to_string(layer) + "." + label_of(kind, index);
    case DrawnNode::Kind::mlp:
    case DrawnNode::Kind::group:
        break;
    }
    return "m" + std::to_string(layer) + (index < 0 ? "" : "." + label_of(kind, index));
}

double width_of(const DrawnNode& node)
{
    const double by_label = 11 + 7.0 * static_cast<double>(node.label.size());
    const bool end = node.layer < 0;
    return std::max(by_label, end ? 54.0 : 30.0) + (node.kind == DrawnNode::Kind::mlp ? 0 : 6);
}

class LatticeBuilder
{
public:
    explicit LatticeBuilder(const ComputationalGraph& graph)
        : graph_(graph)
        , shape_(graph.shape())
        , groups_(graph.groups_per_mlp())
        , spacing_(spacing_for(shape_.layers
              * (rows_for(shape_.heads) + (whole_mlps() ? 0 : rows_for(groups_))
                  + (grouped_query() ? rows_for(shape_.kv_heads) : 0))))
        , columns_(slot_width
              * std::max({ fewest_slots, row_length(shape_.heads), row_length(groups_) }))
    {
        layout_.width = margin_left + columns_ + margin_right + (whole_mlps() ? slot_width : 0);
    }

    CircuitLayout build()
    {
        const bool ends = graph_.options().kind == GraphKind::full;
        if (ends)
            add_end(DrawnNode::Kind::logits);
        for (int layer = shape_.layers - 1; layer >= 0; --layer)
            add_layer(layer);
        if (ends) {
            y_ += end_gap - spacing_.gap;
            add_end(DrawnNode::Kind::input);
        } else {
            y_ -= spacing_.gap;
        }
        layout_.height = y_;
        std::reverse(layout_.bands.begin(), layout_.bands.end());
        map_graph_nodes();
        put_in_reading_order(layout_);
        return std::move(layout_);
    }

private:
    static int rows_for(int count) { return (count + longest_row - 1) / longest_row; }
    static int row_length(int count) { return (count + rows_for(count) - 1) / rows_for(count); }

    bool grouped_query() const { return shape_.kv_heads < shape_.heads; }
    bool whole_mlps() const { return graph_.options().mlp_group_size == 0; }

    void add(DrawnNode::Kind kind, int layer, int index, double x)
    {
        DrawnNode node;
        node.kind = kind;
        node.layer = layer;
        node.label = label_of(kind, index);
        node.name = name_of(kind, layer, index);
        node.x = x;
        node.y = y_ + node_height / 2;
        node.width = width_of(node);
        node.height = node_height;
        layout_.nodes.push_back(std::move(node));
    }

    void add_end(DrawnNode::Kind kind)
    {
        add(kind, -1, -1, margin_left + columns_ / 2);
        y_ += node_height + (kind == DrawnNode::Kind::logits ? end_gap : 0);
    }

    // `count` nodes in as few rows as needed, the first of them lowest.
    void add_rows(DrawnNode::Kind kind, int layer, int count)
    {
        const int length = row_length(count);
        for (int row = rows_for(count) - 1; row >= 0; --row) {
            const int first = row * length;
            const int last = std::min(count, first + length);
            for (int i = first; i < last; ++i)
                add(kind, layer, i, margin_left + columns_ * (i - first + 0.5) / length);
            y_ += spacing_.pitch;
        }
    }

    void add_layer(int layer)
    {
        LayerBand band{ layer, 0, y_, layout_.width, 0 };
        y_ += spacing_.padding;
        if (whole_mlps()) {
            // Beside the heads and a little higher, since it reads them: in a column of its own, as
            // edges from MLP to MLP are many and would hide the heads.
            add(DrawnNode::Kind::mlp, layer, -1, margin_left + columns_ + slot_width / 2);
            y_ += mlp_rise;
        } else {
            add_rows(DrawnNode::Kind::mlp, layer, groups_);
        }
        add_rows(DrawnNode::Kind::head, layer, shape_.heads);
        if (grouped_query())
            add_rows(DrawnNode::Kind::kv_head, layer, shape_.kv_heads);
        y_ -= spacing_.pitch - node_height - spacing_.padding;
        band.height = y_ - band.y;
        layout_.bands.push_back(band);
        y_ += spacing_.gap;
    }

    void map_graph_nodes()
    {
        std::unordered_map<std::string, int> by_name;
        for (std::size_t i = 0; i < layout_.nodes.size(); ++i)
            by_name.emplace(layout_.nodes[i].name, static_cast<int>(i));
        for (const Node& node : graph_.nodes())
            layout_.drawn_of.push_back(
                by_name.at(name_of(drawn_kind(node.kind), node.layer, node.index)));
    }

    DrawnNode::Kind drawn_kind(NodeKind kind) const
    {
        switch (kind) {
        case NodeKind::input:
            return DrawnNode::Kind::input;
        case NodeKind::logits:
            return DrawnNode::Kind::logits;
        case NodeKind::head:
        case NodeKind::query:
            return DrawnNode::Kind::head;
        case NodeKind::key:
        case NodeKind::value:
            return grouped_query() ? DrawnNode::Kind::kv_head : DrawnNode::Kind::head;
        case NodeKind::mlp:
        case NodeKind::mlp_group:
        case NodeKind::mlp_in:
        case NodeKind::mlp_group_in:
            break;
        }
        return DrawnNode::Kind::mlp;
    }

    const ComputationalGraph& graph_;
    GraphShape shape_;
    int groups_;
    Spacing spacing_;
    double columns_;
    double y_ = 0;
    CircuitLayout layout_;
};

} // namespace

CircuitLayout lattice_layout(const ComputationalGraph& graph)
{
    return LatticeBuilder(graph).build();
}

} // namespace circuitloom
