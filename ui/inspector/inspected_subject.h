#pragma once

#include "core/analysis/components.h"
#include "core/graph/circuit_reach.h"

#include <QString>

#include <optional>
#include <vector>

namespace circuitloom::ui {

/// What all nodes of a model write together.
inline constexpr Node whole_answer{ NodeKind::logits, -1, -1 };

/// A part of what is inspected: one edge, or a node with all edges into and out of it.
struct InspectedPart
{
    QString name;
    std::vector<EdgeId> edges;
    bool operator==(const InspectedPart&) const = default;
};

/// What is selected, as the inspector looks at it.
struct InspectedSubject
{
    enum class Kind
    {
        nothing,
        edge,
        head,
        shared_input, ///< a key/value head that several query heads share
        mlp, ///< or a neuron group
        input,
        logits,
        several
    };
    Kind kind = Kind::nothing;
    std::vector<InspectedPart> parts;
    std::optional<Node> writer; ///< where one node is selected, what it is as a writer
    std::optional<ComponentId> component; ///< where one node is selected

    /// Whose writing towards the next word can be told; the writer, or whole_answer for the logits.
    std::optional<Node> lens_node() const
    {
        return kind == Kind::logits ? std::optional(whole_answer) : writer;
    }

    bool operator==(const InspectedSubject&) const = default;
};

/// The sides of a node (`a1.h3`, `a1.h3<q>`) are one part. Selected nodes stand for their edges: an
/// edge is a part of its own only where no node is selected.
InspectedSubject inspected_subject(
    const GraphChoice& choice, const ComputationalGraph& graph, const Components& components);

} // namespace circuitloom::ui
