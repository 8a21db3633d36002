#pragma once

#include "core/engine/answers.h"
#include "core/model/continuation.h"

namespace circuitloom {

/// A forward pass with all edges ablated but those of a circuit.
struct CircuitPass
{
    HiddenPass pass; ///< holds all that it needs
    int kept = 0; ///< edges that stay
};

/// Takes the baseline first, which for a mean is a pass over the examples. Throws Cancelled as
/// AnswerContext::tell() does, and InputError for edges that the graph has not, a circuit of
/// another graph, a task without examples, or the corrupted baseline.
CircuitPass circuit_pass(
    const SourcedModel& sourced, const CircuitAlone& circuit, const AnswerContext& context);

} // namespace circuitloom
