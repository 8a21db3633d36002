#include "ui/circuit/node_shapes.h"

#include "ui/circuit/node_ports.h"
#include "ui/theme/color_mix.h"

#include <QFontMetricsF>

#include <algorithm>
#include <utility>
#include <vector>

namespace circuitloom::ui {

namespace {

constexpr double faintest_label = 5; // pixels of text: smaller labels are left out
constexpr double clear_label = 7; // from here on a label has its full colour
constexpr int name_beside = 9; // pixels of text beside a node that is too small for its name
constexpr double ground_opacity = 0.85; // of what lies under such a name
constexpr double least_in_matrix = 8; // pixels of text in a matrix's row or column
constexpr double sparse
    = 60; // nodes: from here on such names grow paler, until they would be a mess
constexpr double crowded = 120;
constexpr double least_node = 0.55; // how visible a node stays when something else is in focus

QRectF grown(const QRectF& from, const QRectF& to, double t)
{
    return { from.topLeft() + (to.topLeft() - from.topLeft()) * t,
        from.bottomRight() + (to.bottomRight() - from.bottomRight()) * t };
}

// Small nodes are filled by their names, large ones have some room around them.
double label_size(const QRectF& rect)
{
    return rect.height() * std::clamp(0.93 - 0.02 * rect.height(), 0.6, 0.75);
}

// How well a name within a node could be read, 0…1.
double readable(const QRectF& rect)
{
    return std::clamp(
        (label_size(rect) - faintest_label) / (clear_label - faintest_label), 0.0, 1.0);
}

// How clear the name within a node is: while a node shrinks, it goes before the one beside comes.
double label_clarity(const QRectF& rect)
{
    return std::clamp(10 * (readable(rect) - 0.5), 0.0, 1.0);
}

double clarity_beside(const QRectF& rect)
{
    return std::clamp(10 * (0.5 - readable(rect)), 0.0, 1.0);
}

class NodeShapes
{
public:
    NodeShapes(const CircuitScene& scene, const CircuitGeometry& geometry, const Theme& theme,
        const QSizeF& size, const CircuitFocus& focus)
        : scene_(scene)
        , geometry_(geometry)
        , theme_(theme)
        , seen_(QPointF(), size)
        , focus_(focus)
    {
    }

    DrawingLayer layer()
    {
        const std::vector<double> presence = node_presence(scene_);
        double seen = 0;
        for (std::size_t i = 0; i < presence.size(); ++i) {
            const QRectF rect = geometry_.node_rect({ static_cast<std::int32_t>(i) });
            if (!seen_.intersects(rect))
                continue;
            seen += presence[i];
            if (presence[i] > 0)
                taken_.push_back(rect);
        }
        beside_ = std::clamp((crowded - seen) / (crowded - sparse), 0.0, 1.0);
        QFont font = theme_.font();
        font.setPixelSize(name_beside);
        metrics_ = QFontMetricsF(font);
        for (std::size_t i = 0; i < presence.size(); ++i)
            add({ static_cast<std::int32_t>(i) }, presence[i]);
        return std::move(layer_);
    }

private:
    void add(DrawnNodeId id, double presence)
    {
        const bool selected = focus_.selected(id);
        const bool hovered = focus_.hovered(id);
        const double visible = selected || hovered ? 1 : presence;
        // A node grows out of its dot.
        const QRectF rect = grown(geometry_.ghost_rect(id), geometry_.node_rect(id), visible);
        if (visible <= 0 || !seen_.intersects(rect))
            return;
        const DrawnNode& node = scene_.layout->nodes[static_cast<std::size_t>(id.value)];
        const double opacity = visible * std::max(focus_.opacity(focus_.lit(id)), least_node);
        const bool pinned = focus_.pinned(id);
        const QColor line = selected ? theme_.selection
            : hovered                ? theme_.text
            : pinned                 ? theme_.accent
                                     : theme_.outline;

        DrawnShape shape;
        shape.rect = rect;
        shape.radius = node_radius(node.kind, rect);
        shape.node = id.value;
        // Opaque, so that no edge shines through a dimmed node.
        shape.fill = mixed(theme_.band, theme_.card, opacity).rgba();
        shape.outline = faded(line, selected || hovered || pinned ? 1 : opacity).rgba();
        shape.outline_width
            = static_cast<float>((selected || pinned ? 2 : 1) * std::max(geometry_.scale(), 0.6));
        layer_.shapes.push_back(shape);
        add_ports(layer_, scene_, geometry_, theme_, id, opacity);
        const bool inside = has_name_inside(scene_.layout->form, rect);
        auto label = node_label(node, id, rect, faded(theme_.text, opacity), selected || hovered);
        if (inside && label)
            layer_.labels.push_back(std::move(*label));
        if (scene_.layout->form == LayoutForm::matrix) {
            if (!inside)
                add_matrix_name(node, id, rect, opacity);
            return;
        }
        const double beside = clarity_beside(rect) * (selected || hovered ? 1 : beside_);
        if (beside > 0)
            add_name_beside(node, id, rect, opacity * beside);
    }

    // Rows are named at the left, columns above, where there are no cells.
    void add_matrix_name(
        const DrawnNode& node, DrawnNodeId id, const QRectF& rect, double opacity)
    {
        constexpr double room = 120;
        const bool is_row = std::ranges::all_of(scene_.layout->bands,
            [&](const LayerBand& band) { return node.x < band.x; });
        DrawnLabel label;
        label.rect = is_row
            ? QRectF(rect.left() - 3 - room, rect.top(), room, rect.height())
            : QRectF(rect.center().x() - room / 2, rect.top() - name_beside - 3, room, name_beside);
        label.text = QString::fromStdString(node.name);
        label.size = name_beside;
        label.color = faded(theme_.text, opacity).rgba();
        label.alignment = (is_row ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter;
        label.node = id.value;
        if (!has_room(label) && !focus_.selected(id) && !focus_.hovered(id))
            return;
        taken_.push_back(ink_of(label));
        layer_.labels.push_back(std::move(label));
    }

    void add_name_beside(const DrawnNode& node, DrawnNodeId id, const QRectF& rect, double opacity)
    {
        // Towards the middle, as edges within a column swing out to the other side; where it would
        // lie over a node or another name, on that side, or nowhere.
        const bool at_right = node.x > scene_.layout->width / 2;
        DrawnLabel label = name_at(node, id, rect, opacity, at_right);
        if (!has_room(label)) {
            DrawnLabel outwards = name_at(node, id, rect, opacity, !at_right);
            if (has_room(outwards))
                label = std::move(outwards);
            else if (!focus_.selected(id) && !focus_.hovered(id))
                return;
        }
        add_ground(label, opacity);
        taken_.push_back(ink_of(label));
        layer_.labels.push_back(std::move(label));
    }

    // The edges that run under a name would be read as strokes of its letters.
    void add_ground(const DrawnLabel& label, double opacity)
    {
        DrawnShape ground;
        ground.rect = ink_of(label); // which no other node touches
        ground.radius = 2;
        ground.node = label.node;
        ground.fill = faded(theme_.card, ground_opacity * opacity).rgba();
        layer_.shapes.push_back(ground);
    }

    DrawnLabel name_at(const DrawnNode& node, DrawnNodeId id, const QRectF& rect, double opacity,
        bool at_right) const
    {
        const double aside = rect.width() + 3;
        DrawnLabel label;
        label.rect = rect.translated(at_right ? -aside : aside, 0);
        label.text = QString::fromStdString(node.label);
        label.size = name_beside;
        label.color = faded(theme_.text, opacity).rgba();
        label.alignment = (at_right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
        label.node = id.value;
        return label;
    }

    // A name that would lie over another one could not be read, nor could that; nor one that would
    // leave the picture at a side.
    bool has_room(const DrawnLabel& label) const
    {
        const QRectF ink = ink_of(label);
        return ink.left() >= seen_.left() && ink.right() <= seen_.right()
            && std::ranges::none_of(
                taken_, [&ink](const QRectF& other) { return other.intersects(ink); });
    }

    QRectF ink_of(const DrawnLabel& label) const
    {
        QRectF ink = metrics_.tightBoundingRect(label.text);
        ink.moveCenter(label.rect.center());
        if (label.alignment.testFlag(Qt::AlignRight))
            ink.moveRight(label.rect.right());
        else if (label.alignment.testFlag(Qt::AlignLeft))
            ink.moveLeft(label.rect.left());
        return ink.adjusted(-1, -1, 1, 1); // letters are not quite in the middle of their line
    }

    const CircuitScene& scene_;
    const CircuitGeometry& geometry_;
    const Theme& theme_;
    QRectF seen_;
    const CircuitFocus& focus_;
    double beside_ = 0; ///< how clear the names beside small nodes are, 0…1
    QFontMetricsF metrics_{ QFont() }; ///< of those names
    std::vector<QRectF> taken_; ///< by nodes and by names beside them
    DrawingLayer layer_{ QStringLiteral("nodes"), {}, {}, {} };
};

} // namespace

DrawingLayer node_layer(const CircuitScene& scene, const CircuitGeometry& geometry,
    const Theme& theme, const QSizeF& size, const CircuitFocus& focus)
{
    return NodeShapes(scene, geometry, theme, size, focus).layer();
}

bool has_name_inside(LayoutForm form, const QRectF& rect)
{
    return form != LayoutForm::matrix || label_size(rect) >= least_in_matrix;
}

float node_radius(DrawnNode::Kind kind, const QRectF& rect)
{
    const bool pill = kind == DrawnNode::Kind::head || kind == DrawnNode::Kind::kv_head;
    return static_cast<float>(rect.height() * (pill ? 0.5 : 0.2));
}

std::optional<DrawnLabel> node_label(
    const DrawnNode& node, DrawnNodeId id, const QRectF& rect, const QColor& color, bool bold)
{
    const double clear = label_clarity(rect);
    if (clear <= 0)
        return std::nullopt;
    DrawnLabel label;
    label.rect = rect;
    label.text = QString::fromStdString(node.label);
    label.size = qRound(label_size(rect));
    label.weight = bold ? QFont::Bold : QFont::Medium;
    label.color = faded(color, color.alphaF() * clear).rgba();
    label.node = id.value;
    return label;
}

} // namespace circuitloom::ui
