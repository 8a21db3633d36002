#pragma once

#include "core/graph/circuit.h"
#include "ui/circuit/circuit_choice.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace circuitloom::ui {

/// The graph, layouts and circuit in which names are looked for.
struct SearchPlace
{
    const ComputationalGraph& graph;
    const CircuitLayout& lattice; ///< of all nodes, nothing folded
    const CircuitLayout& shown;
    const Circuit& circuit; ///< what is in it comes first
};

/// The nodes or edges that `text` names: a node (`a5.h3`, `m7`), one of its inputs (`a5.h3<q>`),
/// what is folded, an edge (`m4->a5.h3<q>`), all edges of the circuit out of a node (`m4->`) or
/// into one
/// (`->a5.h3`). Case, blanks and → for -> do not matter. Empty where there is none.
std::optional<GraphChoice> find_named(const SearchPlace& place, const QString& text);

/// A sentence about why find_named() found nothing.
QString why_not_found(const ComputationalGraph& graph, const QString& text);

/// At most `most` names that go on from `text`: those in the circuit first, strongest first, then
/// those in its graph. After `m4->` that node's edges.
QStringList completions(const SearchPlace& place, const QString& text, int most);

} // namespace circuitloom::ui
