#pragma once

#include "core/model/transformer.h"
#include "core/tuning/opened_parts.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace circuitloom {

/// Entries [start, start + length) of one parameter tensor along `dimension`.
struct ParameterSlice
{
    std::size_t parameter = 0; ///< index into Weights::all()
    ParameterPlace place; ///< of a tensor of a block; the layer is -1 for a whole tensor
    std::int64_t dimension = 0;
    std::int64_t start = 0;
    std::int64_t length = 0;
};

/// The entries of a model that a step may change, as slices of its tensors. An optimizer that
/// only ever touches these slices cannot move a frozen entry by a single bit.
class ParameterMask
{
public:
    ParameterMask() = default;
    /// The slices must not overlap.
    explicit ParameterMask(std::vector<ParameterSlice> slices)
        : slices_(std::move(slices))
    {
    }
    /// Every entry of every tensor.
    static ParameterMask everything(const Weights& weights);
    static ParameterMask everything(const std::vector<const torch::Tensor*>& tensors);
    /// The entries that `parts`, of `graph`, opens. Neighbouring heads and groups become one slice.
    static ParameterMask of(const OpenedParts& parts, const ComputationalGraph& graph,
        const ModelConfig& config, const Weights& weights);

    /// Opens what no node of the graph has; of a model that ties its unembedding, `unembedding` is
    /// the token embedding.
    struct Shared
    {
        bool norms = false;
        bool embeddings = false;
        bool unembedding = false;
    };
    void open(const Shared& shared, const Weights& weights);

    const std::vector<ParameterSlice>& slices() const { return slices_; }
    /// Entries inside the mask.
    std::int64_t count(const Weights& weights) const;

private:
    std::vector<ParameterSlice> slices_;
};

} // namespace circuitloom
