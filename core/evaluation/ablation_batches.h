#pragma once

#include "core/evaluation/baseline_activations.h"
#include "core/evaluation/scored_batch.h"
#include "core/model/transformer.h"
#include "core/run/discovery_options.h"

#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

/// A batch with all that ablating its edges needs.
struct AblationBatch
{
    ScoredBatch scored;
    torch::Tensor where; ///< bool, [batch, position]: the positions at which edges are ablated
    BaselineActivations baseline;
};

/// What the node `input` writes, where the model adds a vector to a token's for its position.
enum class InputNode
{
    token_and_position,
    token ///< the position's is no node's and always stays, as in EAP-IG
};

/// A task's examples in batches, each with its baseline: means are taken once over all examples, at first,
/// corrupted activations when a batch is asked for. `model` and `examples` must outlive it.
class AblationBatches
{
public:
    /// Counts the batches that the means were taken over. May be empty, and may throw, which ends it.
    using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

    /// Throws InputError where there is no example, or where the baseline is `corrupted` and an
    /// example has no corrupted prompt.
    AblationBatches(const Transformer& model, std::span<const EncodedExample> examples,
        Baseline baseline, ScoredPositions positions, int batch_size,
        InputNode input = InputNode::token_and_position, const Progress& progress = {});

    std::size_t size() const { return parts_.size(); }
    /// The number of examples in all batches together.
    std::size_t examples() const { return examples_; }
    AblationBatch at(std::size_t batch) const;

private:
    const Transformer& model_;
    Baseline kind_;
    ScoredPositions positions_;
    bool token_alone_; ///< InputNode::token, where that makes a difference
    std::size_t examples_;
    std::vector<std::vector<const EncodedExample*>> parts_;
    BaselineActivations shared_; ///< mean and zero
};

} // namespace circuitloom
