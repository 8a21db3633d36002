#pragma once

#include "core/graph/computational_graph.h"
#include "core/model/transformer.h"

#include <map>
#include <vector>

namespace circuitloom::testing {

/// What a slow, literal reading of the computational graph computes.
struct ReferencePass
{
    torch::Tensor logits; ///< [batch, position, vocabulary]
    std::vector<torch::Tensor> written; ///< per upstream node, [batch, position, d_model]
};

/// An oracle for Transformer and for the scores: every head, key/value head and neuron group reads
/// its own copy of the residual stream, `changes[v]` ([batch, position, d_model]) added to that of
/// node v alone. Shares no code with core/model or core/discovery but the weights.
ReferencePass reference_pass(const Transformer& model, const ComputationalGraph& graph,
    const torch::Tensor& ids, const std::map<NodeId, torch::Tensor>& changes = {});

/// One family of each kind of block whose edges differ from Llama's and GPT-2's.
inline constexpr ModelFamily later_families[]
    = { ModelFamily::gptj, ModelFamily::opt, ModelFamily::granite, ModelFamily::smollm3,
          ModelFamily::gemma2, ModelFamily::gemma3, ModelFamily::olmo2 };

/// A small model with random weights of every kind (norms and biases too), float64.
Transformer random_model(ModelFamily family, std::uint64_t seed);

} // namespace circuitloom::testing
