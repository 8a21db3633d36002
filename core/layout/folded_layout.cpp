#include "core/layout/folded_layout.h"

#include "core/layout/reading_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

namespace circuitloom {

namespace {

constexpr double band_padding = 6; // above and below the node of a folded layer

/// Nodes of the base that become one.
struct Fold
{
    DrawnNode::Kind kind = DrawnNode::Kind::group;
    std::string label;
    std::string name;
    std::vector<int> members; ///< indices into the base's nodes
};

bool is_end(const DrawnNode& node)
{
    return node.kind == DrawnNode::Kind::input || node.kind == DrawnNode::Kind::logits;
}

double width_for(const std::string& label)
{
    // Bytes that continue a character take no room of their own.
    const auto letters = std::ranges::count_if(
        label, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
    return std::max(30.0, 15 + 7.0 * static_cast<double>(letters));
}

bool lies_over(const DrawnNode& node, const DrawnNode& other)
{
    return std::abs(node.x - other.x) < (node.width + other.width) / 2
        && std::abs(node.y - other.y) < (node.height + other.height) / 2;
}

class Folder
{
public:
    Folder(const CircuitLayout& base, const Folding& folding)
        : base_(base)
        , folding_(folding)
        , fold_of_(base.nodes.size(), -1)
    {
        fold_supernodes();
        for (const int layer : folding.layers)
            fold_where({ DrawnNode::Kind::group, "layer " + std::to_string(layer),
                           "layer " + std::to_string(layer), {} },
                [layer](const DrawnNode& node) { return node.layer == layer; });
        for (const int layer : folding.heads)
            fold_where({ DrawnNode::Kind::group, "a" + std::to_string(layer),
                           "a" + std::to_string(layer), {} },
                [layer](const DrawnNode& node) {
                    return node.layer == layer
                        && (node.kind == DrawnNode::Kind::head
                            || node.kind == DrawnNode::Kind::kv_head);
                });
        for (const int layer : folding.mlps)
            fold_where({ DrawnNode::Kind::mlp, "mlp", "m" + std::to_string(layer), {} },
                [layer](const DrawnNode& node) {
                    return node.layer == layer && node.kind == DrawnNode::Kind::mlp;
                });
    }

    CircuitLayout build()
    {
        layout_.width = base_.width;
        layout_.height = base_.height;
        layout_.bands = base_.bands;
        std::vector<int> new_index(base_.nodes.size(), -1);
        for (std::size_t i = 0; i < base_.nodes.size(); ++i) {
            if (fold_of_[i] >= 0)
                continue;
            new_index[i] = static_cast<int>(layout_.nodes.size());
            layout_.nodes.push_back(base_.nodes[i]);
        }
        const std::size_t unfolded = layout_.nodes.size();
        for (const Fold& fold : folds_)
            layout_.nodes.push_back(folded(fold));
        for (std::size_t i = 0; i < base_.nodes.size(); ++i)
            if (fold_of_[i] >= 0)
                new_index[i] = static_cast<int>(unfolded) + fold_of_[i];
        for (const int drawn : base_.drawn_of)
            layout_.drawn_of.push_back(new_index[static_cast<std::size_t>(drawn)]);
        lower_folded_bands();
        put_in_reading_order(layout_);
        return std::move(layout_);
    }

private:
    void fold_supernodes()
    {
        std::unordered_map<std::string, int> by_name;
        for (std::size_t i = 0; i < base_.nodes.size(); ++i)
            by_name.emplace(base_.nodes[i].name, static_cast<int>(i));
        for (const Supernode& supernode : folding_.supernodes) {
            if (!supernode.folded)
                continue;
            Fold fold{ DrawnNode::Kind::group, supernode.name, supernode.name, {} };
            for (const std::string& member : supernode.members)
                if (const auto at = by_name.find(member); at != by_name.end())
                    take(fold, at->second);
            add(std::move(fold));
        }
    }

    void fold_where(Fold fold, auto matches)
    {
        for (std::size_t i = 0; i < base_.nodes.size(); ++i)
            if (matches(base_.nodes[i]))
                take(fold, static_cast<int>(i));
        add(std::move(fold));
    }

    void take(Fold& fold, int node)
    {
        int& of = fold_of_[static_cast<std::size_t>(node)];
        if (of >= 0 || is_end(base_.nodes[static_cast<std::size_t>(node)]))
            return;
        of = static_cast<int>(folds_.size());
        fold.members.push_back(node);
    }

    void add(Fold fold)
    {
        if (!fold.members.empty())
            folds_.push_back(std::move(fold));
    }

    const DrawnNode& member(const Fold& fold, std::size_t i) const
    {
        return base_.nodes[static_cast<std::size_t>(fold.members[i])];
    }

    DrawnNode folded(const Fold& fold) const
    {
        DrawnNode node;
        node.kind = fold.kind;
        node.label = fold.label;
        node.name = fold.name;
        node.width = width_for(fold.label);
        node.height = member(fold, 0).height;
        double x = 0;
        double y = 0;
        for (std::size_t i = 0; i < fold.members.size(); ++i) {
            x += member(fold, i).x / static_cast<double>(fold.members.size());
            y += member(fold, i).y / static_cast<double>(fold.members.size());
        }
        settle(node, fold, x, y);
        return node;
    }

    // Into the row nearest to the middle, or else into the vacated place nearest to it, where no
    // other node is.
    void settle(DrawnNode& node, const Fold& fold, double x, double y) const
    {
        std::vector<DrawnNode> places;
        for (std::size_t i = 0; i < fold.members.size(); ++i)
            places.push_back(member(fold, i));
        std::ranges::stable_sort(places, {},
            [=](const DrawnNode& place) { return std::hypot(place.x - x, place.y - y); });
        // In a row, not between two bands.
        DrawnNode middle = places[0];
        middle.x = x;
        places.insert(places.begin(), middle);
        std::size_t chosen = 1; // where nothing is free
        for (std::size_t i = 0; i < places.size(); ++i) {
            node.x = places[i].x;
            node.y = places[i].y;
            if (is_free(node)) {
                chosen = i;
                break;
            }
        }
        node.x = places[chosen].x;
        node.y = places[chosen].y;
        node.layer = places[chosen].layer;
    }

    bool is_free(const DrawnNode& node) const
    {
        return std::none_of(layout_.nodes.begin(), layout_.nodes.end(),
            [&](const DrawnNode& other) { return lies_over(node, other); });
    }

    // A folded layer needs no more than one row; what lies below it moves up.
    void lower_folded_bands()
    {
        double saved = 0;
        std::vector<std::pair<double, double>> steps; // from this y on, so much is saved
        for (auto band = layout_.bands.rbegin(); band != layout_.bands.rend(); ++band) {
            const double top = band->y;
            const double bottom = band->y + band->height;
            band->y -= saved;
            if (!is_folded_whole(band->layer))
                continue;
            double height = 0;
            for (DrawnNode& node : layout_.nodes)
                if (node.layer == band->layer)
                    height = std::max(height, node.height);
            height += 2 * band_padding;
            if (height >= bottom - top)
                continue;
            for (DrawnNode& node : layout_.nodes)
                if (node.layer == band->layer)
                    node.y = top + height / 2; // moves with what lies above the band's end
            saved += band->height - height;
            band->height = height;
            steps.emplace_back(bottom, saved);
        }
        for (DrawnNode& node : layout_.nodes) {
            double shift = 0;
            for (const auto& [from, by] : steps)
                if (node.y >= from)
                    shift = by;
            node.y -= shift;
        }
        layout_.height -= saved;
    }

    // One node in its row is all that is left of it.
    bool is_folded_whole(int layer) const
    {
        return folding_.layers.contains(layer)
            && std::ranges::count_if(
                   layout_.nodes, [=](const DrawnNode& node) { return node.layer == layer; })
            == 1;
    }

    const CircuitLayout& base_;
    const Folding& folding_;
    std::vector<int> fold_of_; ///< by node of the base; -1 where it stays
    std::vector<Fold> folds_;
    CircuitLayout layout_;
};

} // namespace

CircuitLayout folded_layout(const CircuitLayout& base, const Folding& folding)
{
    return Folder(base, folding).build();
}

} // namespace circuitloom
