#include "ui/circuit/hover_card.h"

#include "core/analysis/circuit_weights.h"
#include "core/analysis/strength_rank.h"
#include "ui/circuit/circuit_choice.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HoverCard)
};

constexpr std::size_t most_rows = 4;

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
        return Words::tr("token and position embedding");
    case DrawnNode::Kind::head:
        return Words::tr("attention head");
    case DrawnNode::Kind::kv_head:
        return Words::tr("key/value head");
    case DrawnNode::Kind::logits:
        return Words::tr("output");
    case DrawnNode::Kind::group:
        return Words::tr("folded nodes");
    case DrawnNode::Kind::mlp:
        break;
    }
    return node.label == "mlp" ? Words::tr("MLP") : Words::tr("MLP neuron group");
}

QString change_text(const CircuitScene& scene, const EdgeAppearance& edge)
{
    using Change = EdgeAppearance::Change;
    if (!scene.has_reference)
        return {};
    const bool sides = scene.mode == ColorMode::sides;
    switch (edge.change) {
    case Change::entered:
        return sides ? Words::tr(" · only in A") : Words::tr(" · entered");
    case Change::left:
        return sides ? Words::tr(" · only in %1").arg(QLatin1Char(scene.other))
                              : Words::tr(" · left the circuit, score before");
    case Change::stronger:
        return sides ? Words::tr(" · stronger in A") : Words::tr(" · stronger");
    case Change::weaker:
        return sides ? Words::tr(" · stronger in %1").arg(QLatin1Char(scene.other))
                     : Words::tr(" · weaker");
    case Change::kept:
        break;
    }
    return sides ? Words::tr(" · as strong in both") : Words::tr(" · as before");
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
        ? Words::tr("%1 · not in the circuit").arg(kind_text(node))
        : Words::tr("%1 · %2 in, %3 out").arg(kind_text(node)).arg(in).arg(out);
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
        ? Words::tr("not in the circuit")
        : Words::tr("score %1%2").arg(score_text(edge->score), change_text(scene, *edge));
    return card;
}

QString rank_text(std::size_t rank, std::size_t of, double part, double whole)
{
    return Words::tr("rank %1 of %2 · %3 % of the total |score|")
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
        card.subtitle = Words::tr("score %1 · in the circuit, but not shown")
                            .arg(score_text(static_cast<double>(at->score)));
    card.facts.push_back(rank_text(static_cast<std::size_t>(at - circuit.begin()) + 1,
        circuit.size(), std::abs(static_cast<double>(at->score)), total_strength(circuit)));
}

void add_certainty(HoverCard& card, EdgeId edge, const CertainEdges* certain)
{
    const EdgeCertainty* sure = certain ? find_certainty(*certain, edge) : nullptr;
    if (!sure)
        return;
    card.facts.push_back(Words::tr("in %1 % of the resamples · 95 % of their scores from %2 to %3")
                             .arg(100 * static_cast<double>(sure->inclusion), 0, 'f', 1)
                             .arg(score_text(static_cast<double>(sure->low)),
                                 score_text(static_cast<double>(sure->high))));
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
    const auto node = static_cast<std::size_t>(id.value);
    const std::optional<StrengthRank> place = strength_rank(strength, node);
    if (!place)
        return;
    if (!card.shown)
        card.subtitle = kind_text(scene.layout->nodes[node])
            % Words::tr(" · in the circuit, but not shown");
    card.facts.push_back(
        rank_text(place->rank, place->of, strength[node], total_strength(circuit)));
}

void add_span(HoverCard& card, const KnownSpan& known)
{
    const QString ahead = known.complete ? QString() : Words::tr(", so far as read");
    if (known.span)
        card.facts.push_back(Words::tr("in the circuit first at iteration %1, last at %2")
                                 .arg(known.span->first)
                                 .arg(known.span->last)
            % ahead);
}

} // namespace

HoverCard hover_card(const CircuitScene& scene, const NodeOrEdge& item, const Circuit& circuit,
    const SpanOf& span_of, const CertainEdges* certain)
{
    HoverCard card;
    if (const auto* node = std::get_if<DrawnNodeId>(&item)) {
        card = node_card(scene, *node);
        add_node_facts(card, scene, *node, circuit);
    } else {
        const EdgeId edge = std::get<EdgeId>(item);
        card = edge_card(scene, edge);
        add_edge_facts(card, edge, circuit);
        add_certainty(card, edge, certain);
    }
    if (span_of)
        add_span(card, span_of(choice_of(*scene.layout, item)));
    return card;
}

} // namespace circuitloom::ui
