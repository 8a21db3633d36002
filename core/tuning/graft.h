#pragma once

#include "core/graph/circuit.h"
#include "core/graph/parameter_part.h"
#include "core/model/transformer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace circuitloom {

/// What the parts of a model, or its entries, are ranked by before the first of them are taken.
enum class GraftRanking
{
    circuit, ///< the sum of |score| of the circuit's edges that use a part's parameters
    drift, ///< the Frobenius norm of a part's change, the size of an entry's
    random
};

/// Models between two states of one: θ_start + γ ⊙ (θ_end − θ_start), γ being 0 or 1 for each entry
/// (algorithm.md, section 11). Both must have equal shapes and outlive this. An entry that did not
/// move is the same in both, so what is ranked are the parts, or the entries, that did.
class Graft
{
public:
    /// `graph` is the run's, and says which parts there are.
    Graft(const ComputationalGraph& graph, const Transformer& start, const Transformer& end);

    /// Parts that moved.
    const std::vector<ParameterPart>& moved() const { return moved_; }
    /// Entries that moved.
    std::int64_t moved_entries() const { return moved_entries_; }

    /// Every part that moved, the first to be taken first. `circuit` is of the run's graph, for
    /// GraftRanking::circuit: parts that none of its edges uses come last, in the model's order.
    /// `seed` is for GraftRanking::random.
    std::vector<ParameterPart> ranked(
        GraftRanking by, const Circuit& circuit, std::uint64_t seed) const;

    /// A model that is `end` where it has one of `parts` and `start` elsewhere, in each bit.
    Transformer with_parts(std::span<const ParameterPart> parts) const;
    /// The same with the first `count` of the entries that moved: by drift, the farthest; by a
    /// circuit, those of its strongest part, the farthest first, then of the next part; or drawn
    /// with `seed`.
    Transformer with_entries(
        std::int64_t count, GraftRanking by, const Circuit& circuit, std::uint64_t seed) const;

    /// Of ‖θ_end − θ_start‖², the share that `model`, one of those above, has.
    double kept(const Transformer& model) const;

private:
    std::vector<torch::Tensor> entry_keys(
        GraftRanking by, const Circuit& circuit, std::uint64_t seed) const;

    ComputationalGraph graph_; ///< the run's
    ComputationalGraph full_; ///< with every part as a node
    const Transformer& start_;
    const Transformer& end_;
    std::vector<ParameterPart> moved_;
    std::vector<double> distances_; ///< of moved_
    std::int64_t moved_entries_ = 0;
};

} // namespace circuitloom
