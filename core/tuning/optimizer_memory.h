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
    /// There must be a name.
    explicit OptimizerMemory(
        std::vector<std::string> names, KeptWeights kept = KeptWeights::where_rounded);

    /// Views of one slice's entries, shaped as the slice.
    struct Entries
    {
        torch::Tensor weight; ///< to be changed: the tensor's own, or those kept in float32
        std::vector<torch::Tensor> kept; ///< in the order of the names
    };
    /// Of `slice`, which points into `tensor`. All slices of a tensor lie along one dimension. Throws
    /// Error where some of them open for the first time and the numbers of `tensor` are not here.
    Entries open(const torch::Tensor& tensor, const ParameterSlice& slice);
    /// Whether all entries of the slice were opened before.
    bool covers(const ParameterSlice& slice) const;
    /// Rounds what was changed into `tensor`, where it is kept beside it and the tensor is here.
    void write_back(
        torch::Tensor& tensor, const ParameterSlice& slice, const Entries& entries) const;

    /// Both need KeptWeights::always. Puts the weights of all entries that were opened into `tensor`,
    /// which is shaped as the one with this index.
    void put_weights(std::size_t parameter, torch::Tensor& tensor) const;
    /// Takes those weights from `tensor`, unless they are kept more exactly than it has them.
    void take_weights(std::size_t parameter, const torch::Tensor& tensor);

    /// Whether any entry of this tensor was ever opened.
    bool remembers(std::size_t parameter) const
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
    };

    bool keeps_weight(const torch::Tensor& tensor) const;
    /// Where the tensor is not here its weights are zeros, which take_weights() then replaces.
    Stretch fresh(const torch::Tensor& tensor, std::int64_t dimension, std::int64_t start,
        std::int64_t length) const;
    Parameter& parameter(std::size_t index);
    void restore_whole(const TrainingState& state, const OpenedEntries& opened,
        const std::vector<torch::Tensor*>& tensors);

    std::vector<std::string> names_;
    KeptWeights kept_;
    std::vector<Parameter> parameters_;
};

} // namespace circuitloom
