#include "core/layout/compact_layout.h"

#include "core/layout/edge_routes.h"
#include "core/layout/node_room.h"
#include "core/layout/reading_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

using Kind = DrawnNode::Kind;

constexpr double margin = 58; // on both sides; the layers' names stand in the left one
constexpr double shape = 1.5; // width by height that positions are spread to
constexpr double names_fit = 1.9; // width by height up to which whole names are taken …
constexpr double always_fit = 860; // … and the width up to which they always are
constexpr double between_nodes = 10; // of one row
constexpr double thin_column = 9; // from one column to the next where no row has both
constexpr double lane = 30; // from one place for MLPs to the next
constexpr double half_slot = 12; // of a column in the base, roughly
constexpr double widest_step = 130; // from one column to the next on an average
constexpr double node_height = 20;
constexpr double raised_mlp = 14; // where all heads of a layer are one node beside the MLP
constexpr double spine_distance = 0.42; // of these two, in heights of the layout
constexpr double thin_band = 3; // of a layer that holds nothing
constexpr double thin_gap = 2;
constexpr double end_gap = 16; // between a band and the input or the logits
constexpr std::size_t longest_shared_row = 24; // of heads with their keys' and values' nodes

bool is_end(const DrawnNode& node)
{
    return node.kind == Kind::input || node.kind == Kind::logits;
}

/// One row of a layer, by indices into the base's nodes.
struct Row
{
    double base_y = 0;
    double y = 0; ///< of its nodes' upper ends
    std::vector<int> used;
    bool mlp = false; ///< the only MLP of its layer
};

struct Layer
{
    LayerBand band;
    std::vector<Row> rows; ///< from the top
};

class Compactor
{
public:
    Compactor(
        const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges)
        : graph_(graph)
        , edges_(edges)
        , base_(base)
        , layout_(base)
    {
        mark_used();
        sort_into_rows();
    }

    CircuitLayout build()
    {
        const std::vector<DrawnNode> with_short_names = layout_.nodes;
        place_rows();
        layout_ = named_in_full(std::move(layout_));
        if (const double needed = place_columns();
            needed > std::max(names_fit * layout_.height, always_fit)) {
            for (std::size_t i = 0; i < layout_.nodes.size(); ++i) {
                layout_.nodes[i].label = with_short_names[i].label;
                layout_.nodes[i].width = with_short_names[i].width;
            }
            place_columns();
        }
        spread();
        place_unused();
        put_in_reading_order(layout_);
        route_edges(layout_, graph_, edges_);
        layout_.room = room_of(layout_);
        return std::move(layout_);
    }

private:
    bool by_layer() const { return layout_.form == LayoutForm::layers; }
    DrawnNode& node(int index) { return layout_.nodes[static_cast<std::size_t>(index)]; }

    void mark_used()
    {
        for (DrawnNode& node : layout_.nodes)
            node.used = is_end(node);
        for (const EdgeId id : edges_) {
            const Edge& edge = graph_.edge(id);
            const int from = layout_.drawn_of[static_cast<std::size_t>(edge.source.value)];
            const int to = layout_.drawn_of[static_cast<std::size_t>(edge.target.value)];
            if (from == to)
                continue;
            node(from).used = true;
            node(to).used = true;
        }
    }

    void sort_into_rows()
    {
        std::map<int, std::vector<int>> of_layer;
        for (int i = 0; i < static_cast<int>(layout_.nodes.size()); ++i)
            if (!is_end(node(i)))
                of_layer[node(i).layer].push_back(i);
        for (auto band = layout_.bands.rbegin(); band != layout_.bands.rend(); ++band)
            layers_.push_back({ *band, rows_of(of_layer[band->layer]) });
    }

    std::vector<Row> rows_of(const std::vector<int>& nodes)
    {
        const auto mlps = std::ranges::count_if(
            nodes, [this](int index) { return node(index).kind == Kind::mlp; });
        std::map<double, Row> by_y;
        std::map<double, Row> shared; // of keys' and values' nodes
        for (const int index : nodes) {
            if (!node(index).used)
                continue;
            const bool only_mlp = mlps == 1 && node(index).kind == Kind::mlp;
            Row& row = (node(index).kind == Kind::kv_head ? shared : by_y)[node(index).y];
            row.base_y = node(index).y;
            row.used.push_back(index);
            row.mlp = only_mlp;
            if (only_mlp)
                mlps_.push_back(index);
        }
        std::vector<Row> rows;
        for (auto& [y, row] : by_y)
            rows.push_back(std::move(row));
        for (auto& [y, row] : shared) {
            // Keys and values stand among the heads that they belong to: no edge joins the two.
            if (!rows.empty() && !rows.back().mlp
                && rows.back().used.size() + row.used.size() <= longest_shared_row)
                rows.back().used.insert(rows.back().used.end(), row.used.begin(), row.used.end());
            else
                rows.push_back(std::move(row));
        }
        return rows;
    }

    void place_rows()
    {
        int count = 0;
        for (const Layer& layer : layers_)
            count += static_cast<int>(layer.rows.size());
        // Where there are many rows they stand closer.
        const double crowded = std::clamp((count - 8.0) / 30, 0.0, 1.0);
        const double pitch = by_layer() ? raised_mlp : 48 - 23 * crowded;
        const double padding = 10 - 7.5 * crowded;
        const double gap = 12 - 9.5 * crowded;
        double y = place_end(Kind::logits, 0);
        double above = y > 0 ? end_gap : 0;
        layout_.bands.clear();
        for (Layer& layer : layers_) {
            y += above;
            LayerBand band{ layer.band.layer, 0, y, 0, thin_band };
            double row_y = y + padding;
            for (Row& row : layer.rows) {
                row.y = row_y;
                double height = 0;
                for (const int index : row.used) {
                    height = std::max(height, node(index).height);
                    node(index).y = row_y + node(index).height / 2;
                }
                band.height = row_y + height + padding - y;
                row_y += pitch;
            }
            // By layers every row is as high as one with both nodes, or arcs could not leave them.
            if (by_layer() && !layer.rows.empty())
                band.height = std::max(band.height, 2 * padding + node_height + pitch);
            y += band.height;
            above = layer.rows.empty() ? thin_gap : gap;
            layout_.bands.push_back(band);
            layer.band = band;
        }
        const double input = place_end(Kind::input, y + end_gap);
        layout_.height = input > 0 ? y + end_gap + input : y;
        std::ranges::reverse(layout_.bands);
    }

    /// The end's height; 0 where the graph has no such end.
    double place_end(Kind kind, double y)
    {
        for (DrawnNode& drawn : layout_.nodes)
            if (drawn.kind == kind) {
                drawn.y = y + drawn.height / 2;
                return drawn.height;
            }
        return 0;
    }

    /// Places next to one another, each for the used nodes of a column or for a lane of MLPs.
    std::vector<std::vector<int>> slots()
    {
        std::map<double, std::vector<int>> columns;
        for (const Layer& layer : layers_)
            for (const Row& row : layer.rows)
                for (const int index : row.used)
                    if (!row.mlp)
                        columns[column_of(index)].push_back(index);
        std::vector<std::vector<int>> slots;
        for (auto& [x, nodes] : columns)
            slots.push_back(std::move(nodes));
        if (mlps_.empty())
            return slots;
        // One MLP after the other to the right and back again: edges from one to the next are
        // seen beside those that pass over some.
        const std::size_t count = by_layer() || mlps_.size() < 4 ? 1 : 3;
        std::vector<std::vector<int>> lanes(count);
        for (std::size_t i = 0; i < mlps_.size(); ++i) {
            const std::size_t turn = count == 1 ? 0 : i % 4;
            lanes[turn == 3 ? 1 : turn].push_back(mlps_[i]);
        }
        first_lane_ = (slots.size() + 1) / 2;
        lanes_ = count;
        slots.insert(
            slots.begin() + static_cast<std::ptrdiff_t>(first_lane_), lanes.begin(), lanes.end());
        return slots;
    }

    // The width that is needed at least, nodes moved to the left as far as they can.
    double place_columns()
    {
        std::map<const Row*, double> filled; // up to this x
        std::vector<const Row*> row_of(layout_.nodes.size(), nullptr);
        for (const Layer& layer : layers_)
            for (const Row& row : layer.rows)
                for (const int index : row.used)
                    row_of[static_cast<std::size_t>(index)] = &row;
        places_.clear();
        double left = 0;
        double right = 0;
        for (const std::vector<int>& slot : slots()) {
            const std::size_t number = places_.size();
            const bool beside_lane
                = lanes_ > 0 && number >= first_lane_ && number <= first_lane_ + lanes_;
            double x = places_.empty() ? 0 : places_.back() + (beside_lane ? lane : thin_column);
            for (const int index : slot)
                if (const auto at = filled.find(row_of[static_cast<std::size_t>(index)]);
                    at != filled.end())
                    x = std::max(x, at->second + between_nodes + node(index).width / 2);
            for (const int index : slot) {
                node(index).x = x;
                filled[row_of[static_cast<std::size_t>(index)]] = x + node(index).width / 2;
                left = std::min(left, x - node(index).width / 2);
                right = std::max(right, x + node(index).width / 2);
            }
            places_.push_back(x);
        }
        return right - left + 2 * margin;
    }

    // Over the width that suits the height, the same room on both sides.
    void spread()
    {
        const double columns = places_.empty() ? 0 : places_.back() - places_.front();
        double widest = 0;
        for (const DrawnNode& drawn : layout_.nodes)
            if (drawn.used)
                widest = std::max(widest, drawn.width);
        const double room = by_layer() ? spine_distance * layout_.height
                                       : shape * layout_.height - 2 * margin - widest;
        const double most = by_layer() ? room : widest_step * static_cast<double>(places_.size());
        // As much more from every place to the next, so that narrow gaps become wide as well.
        const double more = places_.size() < 2 ? 0
                                               : std::max(0.0, std::min(room, most) - columns)
                / static_cast<double>(places_.size() - 1);
        const std::vector<double> before = places_;
        for (std::size_t i = 0; i < places_.size(); ++i)
            places_[i] += more * static_cast<double>(i);
        const double extent = places_.empty() ? 0 : places_.back() - places_.front();
        layout_.width = std::max(extent + 2 * margin + widest, shape * layout_.height);
        const double shift
            = places_.empty() ? 0 : (layout_.width - places_.front() - places_.back()) / 2;
        for (double& place : places_)
            place += shift;
        for (DrawnNode& drawn : layout_.nodes) {
            const auto place = std::ranges::lower_bound(before, drawn.x);
            if (is_end(drawn))
                drawn.x = layout_.width / 2;
            else if (drawn.used && place != before.end())
                drawn.x = places_[static_cast<std::size_t>(place - before.begin())];
        }
        for (LayerBand& band : layout_.bands)
            band.width = layout_.width;
    }

    // Where they would stand in between, on the line of their layer.
    void place_unused()
    {
        std::map<double, double> place_of; // by column of the base
        for (std::size_t i = 0; i < layout_.nodes.size(); ++i)
            if (layout_.nodes[i].used && !is_end(layout_.nodes[i]))
                place_of.emplace(column_of(static_cast<int>(i)), layout_.nodes[i].x);
        for (const Layer& layer : layers_)
            for (std::size_t i = 0; i < layout_.nodes.size(); ++i) {
                DrawnNode& drawn = layout_.nodes[i];
                if (drawn.used || drawn.layer != layer.band.layer)
                    continue;
                drawn.x = between(place_of, column_of(static_cast<int>(i)));
                drawn.y = layer.band.y + layer.band.height / 2;
                for (const Row& row : layer.rows)
                    if (row.base_y == base_.nodes[i].y)
                        drawn.y = row.y + drawn.height / 2;
            }
    }

    double between(const std::map<double, double>& place_of, double column) const
    {
        if (place_of.empty())
            return layout_.width / 2;
        const auto after = place_of.lower_bound(column);
        if (after == place_of.begin())
            return after->second;
        const auto before = std::prev(after);
        if (after == place_of.end())
            return before->second;
        const double share = (column - before->first) / (after->first - before->first);
        return before->second + share * (after->second - before->second);
    }

    // In the base a head and the keys and values that it uses may share a place.
    double column_of(int index) const
    {
        const DrawnNode& drawn = base_.nodes[static_cast<std::size_t>(index)];
        const double x = drawn.kind == Kind::kv_head ? drawn.x - half_slot : drawn.x;
        return std::round(4 * x) / 4;
    }

    const ComputationalGraph& graph_;
    std::span<const EdgeId> edges_;
    const CircuitLayout& base_;
    CircuitLayout layout_;
    std::vector<double> places_; ///< of the columns and lanes, from the left
    std::size_t first_lane_ = 0; ///< of the places
    std::size_t lanes_ = 0;
    std::vector<Layer> layers_; ///< from the top
    std::vector<int> mlps_; ///< used ones that are alone in their layers, from the top
};

} // namespace

CircuitLayout named_in_full(CircuitLayout layout)
{
    for (DrawnNode& node : layout.nodes) {
        const bool part
            = node.kind == Kind::head || node.kind == Kind::kv_head || node.kind == Kind::mlp;
        if (!part || node.label == node.name)
            continue;
        node.label = node.name;
        node.width = std::max(node.width, 15 + 6.6 * static_cast<double>(node.name.size()));
    }
    return layout;
}

CircuitLayout layered_layout(
    const ComputationalGraph& graph, CircuitLayout base, std::span<const EdgeId> edges)
{
    base.form = LayoutForm::layers;
    return compact_layout(graph, base, edges);
}

CircuitLayout compact_layout(
    const ComputationalGraph& graph, const CircuitLayout& base, std::span<const EdgeId> edges)
{
    return edges.empty() ? base : Compactor(graph, base, edges).build();
}

} // namespace circuitloom
