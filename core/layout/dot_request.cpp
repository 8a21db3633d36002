// Which boxes and lines dot is asked about, and the layout its answer makes.
#include "core/base/error.h"
#include "core/layout/compact_layout.h"
#include "core/layout/dot_layout.h"
#include "core/layout/edge_routes.h"
#include "core/layout/reading_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace circuitloom {

namespace {

constexpr double margin = 58; // on both sides; the layers' names stand in the left one
constexpr double thin_band = 3; // of a layer that no edge touches
constexpr double thin_gap = 2;
constexpr double node_height = 20;
constexpr double end_gap = 16; // between a band and the input or the logits
constexpr double rest_width = 30; // of the node that stands for all that no edge touches
constexpr double narrowest = 460; // keeps a small circuit from becoming a tower

using Row = std::pair<int, int>; // layer, then kind from bottom to top

Row row_of(const DrawnNode& node)
{
    using Kind = DrawnNode::Kind;
    switch (node.kind) {
    case Kind::input:
        return { -1, 0 };
    case Kind::logits:
        return { std::numeric_limits<int>::max(), 0 };
    case Kind::kv_head: // no edge of the graph joins it to a head
    case Kind::head:
        return { node.layer, 0 };
    case Kind::group:
        return { node.layer, 1 };
    case Kind::mlp:
        break;
    }
    return { node.layer, 2 };
}

/// The drawn nodes that edges touch, and how they are joined.
struct Touched
{
    std::vector<int> nodes; ///< indices into the base's nodes, ascending
    std::vector<std::pair<int, int>> joined; ///< such indices, in the edges' order
};

Touched touched_by(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges)
{
    Touched touched;
    std::set<int> nodes;
    std::set<std::pair<int, int>> known;
    for (const EdgeId id : edges) {
        const Edge& edge = graph.edge(id);
        const int from = base.drawn_of[static_cast<std::size_t>(edge.source.value)];
        const int to = base.drawn_of[static_cast<std::size_t>(edge.target.value)];
        nodes.insert({ from, to });
        if (from != to && known.emplace(from, to).second)
            touched.joined.emplace_back(from, to);
    }
    touched.nodes.assign(nodes.begin(), nodes.end());
    return touched;
}

std::string rest_name(int layer)
{
    return "rest of layer " + std::to_string(layer);
}

const DrawnNode& at(const CircuitLayout& layout, int node)
{
    return layout.nodes[static_cast<std::size_t>(node)];
}

/// Builds the layout from the top down, as y grows.
class DotLayoutBuilder
{
public:
    DotLayoutBuilder(
        const CircuitLayout& base, const std::vector<int>& touched, const DotPlaces& places)
        : base_(base)
        , place_of_(base.nodes.size(), -1)
    {
        double right = 0;
        for (std::size_t i = 0; i < touched.size(); ++i) {
            place_of_[static_cast<std::size_t>(touched[i])] = places[i];
            right = std::max(right, places[i] + at(base, touched[i]).width / 2);
            rows_[row_of(at(base, touched[i]))].push_back(touched[i]);
        }
        left_ = margin + std::max(0.0, (narrowest - right) / 2);
        layout_.width = 2 * margin + std::max(right, narrowest);
        rest_x_ = layout_.width - rest_width / 2 - 4;
        layout_.drawn_of.resize(base.drawn_of.size(), -1);
        new_index_.resize(base.nodes.size(), -1);
        // As in the lattice: where there are many rows they stand closer.
        const double crowded = std::clamp((static_cast<double>(rows_.size()) - 10) / 18, 0.0, 1.0);
        pitch_ = 56 - 22 * crowded;
        padding_ = 12 - 7 * crowded;
        gap_ = 12 - 6 * crowded;
    }

    CircuitLayout build()
    {
        for (int node = 0; node < static_cast<int>(base_.nodes.size()); ++node)
            if (at(base_, node).kind == DrawnNode::Kind::logits)
                add_end(node);
        for (auto band = base_.bands.rbegin(); band != base_.bands.rend(); ++band)
            add_layer(band->layer);
        for (int node = 0; node < static_cast<int>(base_.nodes.size()); ++node)
            if (at(base_, node).kind == DrawnNode::Kind::input) {
                y_ += end_gap - gap_;
                add_end(node);
                y_ += gap_;
            }
        layout_.height = y_ - gap_;
        for (std::size_t i = 0; i < base_.drawn_of.size(); ++i)
            layout_.drawn_of[i] = new_index_[static_cast<std::size_t>(base_.drawn_of[i])];
        std::reverse(layout_.bands.begin(), layout_.bands.end());
        put_in_reading_order(layout_);
        return std::move(layout_);
    }

private:
    void add(int node, double x)
    {
        DrawnNode placed = at(base_, node);
        placed.x = x;
        placed.y = y_ + node_height / 2;
        placed.height = node_height;
        new_index_[static_cast<std::size_t>(node)] = static_cast<int>(layout_.nodes.size());
        layout_.nodes.push_back(std::move(placed));
    }

    void add_end(int node)
    {
        const double place = place_of_[static_cast<std::size_t>(node)];
        // Towards the middle, as the ends of a picture stand; its corners are the legend's.
        const double x = place < 0 ? layout_.width / 2 : left_ + place;
        add(node, std::clamp(x, 0.4 * layout_.width, 0.6 * layout_.width));
        y_ += node_height + (at(base_, node).kind == DrawnNode::Kind::logits ? end_gap : 0);
    }

    void add_layer(int layer)
    {
        LayerBand band{ layer, 0, y_, layout_.width, thin_band };
        if (!holds_any(layer)) {
            add_rest(layer, y_, thin_band);
            layout_.bands.push_back(band);
            y_ += thin_band + thin_gap;
            return;
        }
        y_ += padding_;
        bool any = false;
        for (int kind = 2; kind >= 0; --kind) {
            const auto row = rows_.find({ layer, kind });
            if (row == rows_.end())
                continue;
            y_ += any ? pitch_ - node_height : 0;
            any = true;
            for (const int node : row->second)
                add(node, left_ + place_of_[static_cast<std::size_t>(node)]);
            y_ += node_height;
        }
        add_rest(layer, y_ - node_height, node_height);
        y_ += padding_;
        band.height = y_ - band.y;
        layout_.bands.push_back(band);
        y_ += gap_;
    }

    bool holds_any(int layer) const
    {
        const auto row = rows_.lower_bound({ layer, 0 });
        return row != rows_.end() && row->first.first == layer;
    }

    // All of the layer that no edge touches, at the right end of its lowest row.
    void add_rest(int layer, double y, double height)
    {
        int rest = -1;
        for (std::size_t node = 0; node < base_.nodes.size(); ++node) {
            if (base_.nodes[node].layer != layer || place_of_[node] >= 0)
                continue;
            if (rest < 0) {
                rest = static_cast<int>(layout_.nodes.size());
                DrawnNode placed;
                placed.kind = base_.nodes[node].kind;
                placed.layer = layer;
                placed.label = "…";
                placed.name = rest_name(layer);
                placed.x = rest_x_;
                placed.y = y + height / 2;
                placed.width = rest_width;
                placed.height = height;
                placed.used = false;
                layout_.nodes.push_back(std::move(placed));
            }
            new_index_[node] = rest;
        }
    }

    const CircuitLayout& base_;
    std::vector<double> place_of_; ///< by node of the base; -1 for those that no edge touches
    std::map<Row, std::vector<int>> rows_;
    std::vector<int> new_index_;
    double pitch_ = 0; ///< from row to row
    double padding_ = 0; ///< above the upper and below the lower row's nodes
    double gap_ = 0; ///< between bands
    double left_ = 0;
    double rest_x_ = 0;
    double y_ = 0;
    CircuitLayout layout_;
};

} // namespace

DotRequest dot_request(
    const ComputationalGraph& graph, const CircuitLayout& given, std::span<const EdgeId> edges)
{
    const CircuitLayout base = named_in_full(given);
    const Touched touched = touched_by(graph, base, edges);
    std::map<Row, int> rows;
    for (const int node : touched.nodes)
        rows.emplace(row_of(at(base, node)), 0);
    int number = 0;
    for (auto& [row, index] : rows)
        index = number++;
    DotRequest request;
    std::vector<int> box_of(base.nodes.size(), -1);
    for (const int node : touched.nodes) {
        box_of[static_cast<std::size_t>(node)] = static_cast<int>(request.boxes.size());
        request.boxes.push_back({ rows.at(row_of(at(base, node))), at(base, node).width });
    }
    for (const auto& [from, to] : touched.joined)
        if (request.lines.size() < most_dot_lines && row_of(at(base, from)) < row_of(at(base, to)))
            request.lines.push_back(
                { box_of[static_cast<std::size_t>(from)], box_of[static_cast<std::size_t>(to)] });
    return request;
}

bool is_rest(const DrawnNode& node)
{
    return node.layer >= 0 && node.name == rest_name(node.layer);
}

CircuitLayout dot_layout(const ComputationalGraph& graph, const CircuitLayout& given,
    std::span<const EdgeId> edges, const DotPlaces& places)
{
    const CircuitLayout base = named_in_full(given);
    const Touched touched = touched_by(graph, base, edges);
    if (places.size() != touched.nodes.size())
        throw InputError("Graphviz placed " + std::to_string(places.size()) + " of "
            + std::to_string(touched.nodes.size()) + " nodes.");
    for (const double place : places)
        if (!std::isfinite(place) || place < 0)
            throw InputError("Graphviz placed a node nowhere.");
    CircuitLayout layout = DotLayoutBuilder(base, touched.nodes, places).build();
    route_edges(layout, graph, edges);
    return layout;
}

} // namespace circuitloom
