#pragma once

#include "core/tuning/checkpoint_entries.h"
#include "core/tuning/parameter_mask.h"
#include "core/tuning/training_state.h"

#include <torch/types.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace circuitloom {

/// Of which entries an optimizer keeps the weight itself.
enum class KeptWeights
{
    where_rounded, ///< of bfloat16 tensors
    always ///< also where tensors lie in other processes (SpreadBlocks)
};

/// What an optimizer remembers of the entries that its masks ever opened, and of no others: one
/// number for each name and entry, zero at first, in float32 where the weights are bfloat16. There
/// it also keeps the weight itself in float32, which changes too small for bfloat16 add up in.
///
/// With KeptWeights::always it keeps the weights of all of them, and tensors need their numbers only
/// when entries open for the first time.
class OptimizerMemory
{
public:
    /// There must be a name. `of_entries` names what is remembered beside of entries that are opened
    /// one by one; of slices their owner may remember it for whole rows or columns instead.
    explicit OptimizerMemory(std::vector<std::string> names,
        KeptWeights kept = KeptWeights::where_rounded, std::vector<std::string> of_entries = {});

    /// One slice's entries, shaped as slice_shape(): views, to be changed in place; where single
    /// entries are meant copies, which write_back() then puts back.
    struct Entries
    {
        torch::Tensor weight; ///< to be changed: the tensor's own, or those kept in float32
        std::vector<torch::Tensor> kept; ///< in the order of the names
        torch::Tensor places; ///< among the remembered ones, of single entries that are fewer
    };
    /// Of `slice`, which points into `tensor`. All slices of a tensor lie along one dimension, or all
    /// are of single entries. Throws Error where some of them open for the first time and the numbers
    /// of `tensor` are not here.
    void reserve(const torch::Tensor& tensor, const ParameterSlice& slice); ///< its memory
    Entries open(const torch::Tensor& tensor, const ParameterSlice& slice);
    /// Whether all rows or columns of the slice were opened before.
    bool covers(const ParameterSlice& slice) const;
    /// Puts what was changed into `tensor`, where it is kept or was copied beside it and the tensor is
    /// here.
    void write_back(
        torch::Tensor& tensor, const ParameterSlice& slice, const Entries& entries) const;

    /// Both need KeptWeights::always. Puts the weights of all rows or columns that were opened into
    /// `tensor`, which is shaped as the one with this index.
    void put_weights(std::size_t parameter, torch::Tensor& tensor) const;
    /// Takes those weights from `tensor`, unless they are kept more exactly than it has them.
    void take_weights(std::size_t parameter, const torch::Tensor& tensor);

    /// Whether rows or columns of this tensor were ever opened.
    bool remembers_slices(std::size_t parameter) const
    {
        return parameter < parameters_.size() && !parameters_[parameter].stretches.empty();
    }

    /// As `optimizer.NAME.INDEX`, and `optimizer.weight.INDEX` for what is kept in float32.
    void save(TrainingState& state) const;
    /// `tensors` are those that the slices will point into; `opened`, as it was saved beside, is for
    /// checkpoints of earlier versions. Throws ResourceError where the state does not fit.
    void restore(const TrainingState& state, const OpenedEntries& opened,
        const std::vector<torch::Tensor*>& tensors);

private:
    /// The kept numbers of neighbouring rows or columns, one tensor for each name, then the weight
    /// where that is kept.
    struct Stretch
    {
        std::int64_t length = 0;
        std::vector<torch::Tensor> kept;
    };
    struct Parameter
    {
        std::int64_t dimension = 0;
        bool rounded = false; ///< the tensor is bfloat16
        std::map<std::int64_t, Stretch> stretches; ///< by where they begin
        EntryBits entries; ///< those ever opened one by one, of which
        std::vector<torch::Tensor> of_entries; ///< the kept numbers are these, [count] each
    };

    bool keeps_weight(const torch::Tensor& tensor) const;
    /// Where the tensor is not here its weights are zeros, which take_weights() then replaces.
    Stretch fresh(const torch::Tensor& tensor, std::int64_t dimension, std::int64_t start,
        std::int64_t length) const;
    Parameter& parameter(std::size_t index);
    /// Those of single entries: of the names, of `of_entries`, then the weight where that is kept.
    std::vector<torch::Tensor> fresh(const torch::Tensor& tensor, const EntryBits& entries) const;
    void widen(const torch::Tensor& tensor, const ParameterSlice& slice);
    Entries open_entries(const torch::Tensor& tensor, const ParameterSlice& slice);
    std::vector<std::string> names_of_entries(std::size_t count) const;
    void restore_entries(
        const TrainingState& state, std::size_t index, const torch::Tensor& tensor);
    void restore_whole(const TrainingState& state, const OpenedEntries& opened,
        const std::vector<torch::Tensor*>& tensors);

    std::vector<std::string> names_;
    KeptWeights kept_;
    std::vector<std::string> of_entries_;
    std::vector<Parameter> parameters_;
};

} // namespace circuitloom
