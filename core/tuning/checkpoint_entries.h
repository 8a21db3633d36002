#pragma once

#include "core/tuning/parameter_mask.h"
#include "core/tuning/training_state.h"

#include <string>
#include <vector>

namespace circuitloom {

/// The entries of some tensors (a model's, or an adapter's) that a run's masks ever opened: only
/// these can differ from what the run began with, and only these does the optimizer remember, so a
/// checkpoint holds no others. They are whole rows, or whole columns, of each tensor, or
/// single entries anywhere in it.
class OpenedEntries
{
public:
    /// `tensors` are those that the masks' slices point into. No entry of them is open yet.
    explicit OpenedEntries(const std::vector<const torch::Tensor*>& tensors);

    void add(const ParameterMask& mask);

    /// The opened entries of `tensor`, which is shaped as the one with this index, as `name.index`
    /// of `state`; nothing where it is undefined or none is open.
    void save(TrainingState& state, const std::string& name, std::size_t parameter,
        const torch::Tensor& tensor) const;
    /// The same entries as their difference to those of `before`, which is shaped alike: an
    /// exclusive or of their bits, of the same type, from which either gives the other one exactly.
    void save_difference(TrainingState& state, const std::string& name, std::size_t parameter,
        const torch::Tensor& tensor, const torch::Tensor& before) const;
    /// Makes of `tensor`, which is as `before` was, what was saved so. False where nothing was.
    /// Throws ResourceError where it does not fit.
    bool restore_difference(const TrainingState& state, const std::string& name,
        std::size_t parameter, torch::Tensor& tensor) const;
    /// Whether any entry of this tensor is open.
    bool any(std::size_t parameter) const { return parameters_[parameter].any(); }
    /// The open rows or columns of this tensor as slices.
    std::vector<ParameterSlice> slices(std::size_t parameter) const;
    /// Along which the entries of this tensor were opened: 0, rows; 1, columns.
    std::int64_t dimension(std::size_t parameter) const { return parameters_[parameter].dimension; }
    /// Puts them back in their places. Throws ResourceError where they do not fit.
    void restore(const TrainingState& state, const std::string& name, std::size_t parameter,
        torch::Tensor& tensor) const;
    /// The saved entries in zeros of the shape of `like`; undefined where nothing was saved.
    torch::Tensor restored(const TrainingState& state, const std::string& name,
        std::size_t parameter, const torch::Tensor& like) const;

    /// Both concern which entries are open, not their values. Single ones are `opened.INDEX`.
    void save(TrainingState& state) const;
    void restore(const TrainingState& state);

private:
    struct Parameter
    {
        std::vector<std::int64_t> shape;
        std::int64_t dimension = 0;
        std::vector<bool> open; ///< along the dimension; empty while nothing is
        EntryBits entries; ///< where single ones are opened, in place of both

        bool any() const { return !open.empty() || entries.is_defined(); }
    };

    std::vector<std::int64_t> shape_of_opened(const Parameter& parameter) const;
    torch::Tensor places(const Parameter& parameter) const;
    torch::Tensor opened(const Parameter& parameter, const torch::Tensor& tensor) const;
    void put(const Parameter& parameter, const torch::Tensor& entries, torch::Tensor& tensor) const;

    std::vector<Parameter> parameters_;
};

} // namespace circuitloom
