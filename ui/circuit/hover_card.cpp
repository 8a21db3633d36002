#include "ui/circuit/hover_card.h"

#include "core/analysis/circuit_weights.h"
#include "ui/circuit/circuit_choice.h"
#include "ui/circuit/hue_colors.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

constexpr std::size_t most_rows = 4;
constexpr double padding = 10;
constexpr double line_height = 18;

QString score_text(double score)
{
    const QString digits = QString::number(std::abs(score), 'g', 3);
    return (score < 0 ? QStringLiteral("−") : QStringLiteral("+")) % digits;
}

QString edge_title(const CircuitScene& scene, EdgeId edge)
{
    return QString::fromStdString(scene.graph->edge_name(edge))
        .replace(QStringLiteral("->"), QStringLiteral(" → "));
}

QString kind_text(const DrawnNode& node)
{
    switch (node.kind) {
    case DrawnNode::Kind::input:
        return QStringLiteral("token and position embedding");
    case DrawnNode::Kind::head:
        return QStringLiteral("attention head");
    case DrawnNode::Kind::kv_head:
        return QStringLiteral("key/value head");
    case DrawnNode::Kind::logits:
        return QStringLiteral("output");
    case DrawnNode::Kind::group:
        return QStringLiteral("folded nodes");
    case DrawnNode::Kind::mlp:
        break;
    }
    return node.label == "mlp" ? QStringLiteral("MLP") : QStringLiteral("MLP neuron group");
}

QString change_text(const CircuitScene& scene, const EdgeAppearance& edge)
{
    using Change = EdgeAppearance::Change;
    if (!scene.has_reference)
        return {};
    switch (edge.change) {
    case Change::entered:
        return QStringLiteral(" · entered");
    case Change::left:
        return QStringLiteral(" · left the circuit, score before");
    case Change::stronger:
        return QStringLiteral(" · stronger");
    case Change::weaker:
        return QStringLiteral(" · weaker");
    case Change::kept:
        break;
    }
    return QStringLiteral(" · as before");
}

Hue main_hue(const EdgeAppearance& edge)
{
    const auto strongest = std::max_element(edge.hue.begin(), edge.hue.end());
    return static_cast<Hue>(strongest - edge.hue.begin());
}

HoverCard node_card(const CircuitScene& scene, DrawnNodeId id)
{
    const DrawnNode& node = scene.layout->nodes[static_cast<std::size_t>(id.value)];
    int in = 0;
    int out = 0;
    std::vector<const EdgeAppearance*> edges;
    for (const EdgeAppearance& edge : scene.edges) {
        const bool enters = target_of(scene, edge.edge) == id;
        const bool leaves = source_of(scene, edge.edge) == id;
        if (!enters && !leaves)
            continue;
        edges.push_back(&edge);
        if (edge.change == EdgeAppearance::Change::left)
            continue;
        in += enters ? 1 : 0;
        out += leaves ? 1 : 0;
    }
    std::stable_sort(edges.begin(), edges.end(),
        [](const auto* a, const auto* b) { return std::abs(a->score) > std::abs(b->score); });
    HoverCard card;
    card.title = QString::fromStdString(node.name);
    card.shown = in + out > 0;
    card.subtitle = !card.shown
        ? QStringLiteral("%1 · not in the circuit").arg(kind_text(node))
        : QStringLiteral("%1 · %2 in, %3 out").arg(kind_text(node)).arg(in).arg(out);
    for (std::size_t i = 0; i < std::min(most_rows, edges.size()); ++i)
        card.rows.push_back({ main_hue(*edges[i]), edge_title(scene, edges[i]->edge),
            score_text(edges[i]->score) });
    return card;
}

HoverCard edge_card(const CircuitScene& scene, EdgeId id)
{
    HoverCard card;
    card.title = edge_title(scene, id);
    const auto edge = std::find_if(scene.edges.begin(), scene.edges.end(),
        [&](const EdgeAppearance& shown) { return shown.edge == id; });
    card.shown = edge != scene.edges.end();
    card.subtitle = !card.shown
        ? QStringLiteral("not in the circuit")
        : QStringLiteral("score %1%2").arg(score_text(edge->score), change_text(scene, *edge));
    return card;
}

QString rank_text(std::size_t rank, std::size_t of, double part, double whole)
{
    return QStringLiteral("rank %1 of %2 · %3 % of the total |score|")
        .arg(rank)
        .arg(of)
        .arg(whole > 0 ? 100 * part / whole : 0, 0, 'g', 2);
}

void add_edge_facts(HoverCard& card, EdgeId edge, const Circuit& circuit)
{
    const auto at = std::ranges::find(circuit, edge, &ScoredEdge::edge);
    if (at == circuit.end())
        return;
    if (!card.shown)
        card.subtitle = QStringLiteral("score %1 · in the circuit, but not shown")
                            .arg(score_text(static_cast<double>(at->score)));
    card.facts.push_back(rank_text(static_cast<std::size_t>(at - circuit.begin()) + 1,
        circuit.size(), std::abs(static_cast<double>(at->score)), total_strength(circuit)));
}

// A node is as strong as all of its edges.
void add_node_facts(
    HoverCard& card, const CircuitScene& scene, DrawnNodeId id, const Circuit& circuit)
{
    std::vector<double> strength(scene.layout->nodes.size(), 0.0);
    for (const ScoredEdge& scored : circuit) {
        const DrawnNodeId source = source_of(scene, scored.edge);
        const DrawnNodeId target = target_of(scene, scored.edge);
        const double size = std::abs(static_cast<double>(scored.score));
        strength[static_cast<std::size_t>(source.value)] += size;
        if (source != target)
            strength[static_cast<std::size_t>(target.value)] += size;
    }
    const double own = strength[static_cast<std::size_t>(id.value)];
    if (own <= 0)
        return;
    if (!card.shown)
        card.subtitle = kind_text(scene.layout->nodes[static_cast<std::size_t>(id.value)])
            % QStringLiteral(" · in the circuit, but not shown");
    const auto stronger = std::ranges::count_if(strength, [=](double s) { return s > own; });
    const auto all = std::ranges::count_if(strength, [](double s) { return s > 0; });
    card.facts.push_back(rank_text(static_cast<std::size_t>(stronger) + 1,
        static_cast<std::size_t>(all), own, total_strength(circuit)));
}

void add_span(HoverCard& card, const KnownSpan& known)
{
    const QString ahead = known.complete ? QString() : QStringLiteral(", so far as read");
    if (known.span)
        card.facts.push_back(QStringLiteral("in the circuit first at iteration %1, last at %2")
                                 .arg(known.span->first)
                                 .arg(known.span->last)
            % ahead);
}

struct TextStyle
{
    int size;
    QFont::Weight weight;
};

constexpr TextStyle title_style{ 13, QFont::DemiBold };
constexpr TextStyle text_style{ 12, QFont::Normal };

QFontMetricsF metrics_of(const Theme& theme, const TextStyle& style)
{
    QFont font = theme.font();
    font.setPixelSize(style.size);
    font.setWeight(style.weight);
    return QFontMetricsF(font);
}

DrawnLabel text(const QRectF& line, const QString& words, const TextStyle& style,
    const QColor& color, Qt::Alignment side = Qt::AlignLeft)
{
    DrawnLabel label;
    label.rect = line;
    label.text = words;
    label.size = style.size;
    label.weight = style.weight;
    label.color = color.rgba();
    label.alignment = side | Qt::AlignVCenter;
    return label;
}

DrawnShape box(const QRectF& rect, float radius, const QColor& fill)
{
    DrawnShape shape;
    shape.rect = rect;
    shape.radius = radius;
    shape.fill = fill.rgba();
    return shape;
}

QRectF card_rect(const QSizeF& size, const QRectF& bounds, const QPointF& at)
{
    QRectF rect(at + QPointF(16, 14), size);
    if (rect.right() > bounds.right() - 6)
        rect.moveRight(at.x() - 14);
    if (rect.bottom() > bounds.bottom() - 6)
        rect.moveBottom(at.y() - 10);
    rect.moveLeft(std::max(rect.left(), bounds.left() + 6));
    rect.moveTop(std::max(rect.top(), bounds.top() + 6));
    return rect;
}

} // namespace

QString HoverCard::one_line() const
{
    return title % QStringLiteral(" · ") % subtitle;
}

HoverCard hover_card(const CircuitScene& scene, const NodeOrEdge& item, const Circuit& circuit,
    const SpanOf& span_of)
{
    HoverCard card;
    if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
        card = node_card(scene, *node);
        add_node_facts(card, scene, *node, circuit);
    } else {
        const EdgeId edge = std::get<EdgeId>(item);
        card = edge_card(scene, edge);
        add_edge_facts(card, edge, circuit);
    }
    if (span_of)
        add_span(card, span_of(choice_of(*scene.layout, item)));
    return card;
}

DrawingLayer hover_layer(
    const QRectF& bounds, const QPointF& at, const HoverCard& card, const Theme& theme)
{
    const QFontMetricsF metrics = metrics_of(theme, text_style);
    double width = std::max(metrics_of(theme, title_style).horizontalAdvance(card.title),
        metrics.horizontalAdvance(card.subtitle));
    for (const QString& fact : card.facts)
        width = std::max(width, metrics.horizontalAdvance(fact));
    for (const HoverCard::Row& row : card.rows)
        width = std::max(width,
            16 + metrics.horizontalAdvance(row.name) + 20 + metrics.horizontalAdvance(row.value));
    const double rows = static_cast<double>(card.rows.size());
    const double facts = static_cast<double>(card.facts.size());
    const QSizeF size(width + 2 * padding,
        2 * padding + (2 + facts) * line_height + (card.rows.empty() ? 0 : 6 + rows * line_height));
    const QRectF rect = card_rect(size, bounds, at);

    DrawingLayer layer{ QStringLiteral("hover"), {}, {}, {} };
    const QColor shadow(0, 0, 0, theme.dark ? 70 : 28);
    layer.shapes.push_back(box(rect.translated(0, 2).adjusted(-1, -1, 1, 2), 9, shadow));
    layer.shapes.push_back(box(rect, 8, theme.panel));
    layer.shapes.back().outline = (theme.dark ? theme.faint : theme.border).rgba();
    layer.shapes.back().outline_width = 1;

    QRectF line(rect.left() + padding, rect.top() + padding, width, line_height);
    layer.labels.push_back(text(line, card.title, title_style, theme.text));
    line.translate(0, line_height);
    layer.labels.push_back(text(line, card.subtitle, text_style, theme.dimText));
    for (const QString& fact : card.facts) {
        line.translate(0, line_height);
        layer.labels.push_back(text(line, fact, text_style, theme.dimText));
    }
    line.translate(0, line_height + 6);
    for (const HoverCard::Row& row : card.rows) {
        layer.shapes.push_back(
            box(QRectF(line.left(), line.center().y() - 4, 8, 8), 2, hue_color(row.hue, theme)));
        layer.labels.push_back(text(line.adjusted(16, 0, 0, 0), row.name, text_style, theme.text));
        layer.labels.push_back(text(line, row.value, text_style, theme.text, Qt::AlignRight));
        line.translate(0, line_height);
    }
    return layer;
}

} // namespace circuitloom::ui
