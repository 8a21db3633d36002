#pragma once

#include "core/model/transformer.h"
#include "core/tuning/entry_bits.h"
#include "core/tuning/opened_parts.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace circuitloom {

/// Entries [start, start + length) of one parameter tensor along `dimension`; or, with `entries`,
/// single ones anywhere in it, and the slice is the whole tensor.
struct ParameterSlice
{
    std::size_t parameter = 0; ///< index into Weights::all()
    ParameterPlace place; ///< of a tensor of a block; the layer is -1 for a whole tensor
    std::int64_t dimension = 0;
    std::int64_t start = 0;
    std::int64_t length = 0;
    EntryBits entries;
};
/// The shape of what belongs to a slice of `tensor`, its gradient for one: the tensor's, cut along
/// the dimension; [entries.count()] where single entries are meant.
std::vector<std::int64_t> slice_shape(const ParameterSlice& slice, const torch::Tensor& tensor);

/// The entries of a model that a step may change, as slices of its tensors or single entries. An optimizer that
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

    /// The matrices of the blocks, whole, in the order of Weights::all().
    static ParameterMask block_matrices(const Weights& weights);
    /// Of these slices, which are whole tensors, the entries that `flags` says of each: bool, [the
    /// tensor's entries]. A slice without any is left out.
    ParameterMask narrowed(const std::vector<torch::Tensor>& flags) const;

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
