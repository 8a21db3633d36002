#pragma once

#include "core/tuning/parameter_mask.h"
#include "core/tuning/training_state.h"

#include <string>
#include <vector>

namespace circuitloom {

/// The entries of some tensors (a model's, or an adapter's) that a run's masks ever opened: only
/// these can differ from what the run began with, and only these does the optimizer remember, so a
/// checkpoint holds no others. They are whole rows, or whole columns, of each tensor.
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
    /// Puts them back in their places. Throws ResourceError where they do not fit.
    void restore(const TrainingState& state, const std::string& name, std::size_t parameter,
        torch::Tensor& tensor) const;
    /// The saved entries in zeros of the shape of `like`; undefined where nothing was saved.
    torch::Tensor restored(const TrainingState& state, const std::string& name,
        std::size_t parameter, const torch::Tensor& like) const;

    /// Both concern which entries are open, not their values.
    void save(TrainingState& state) const;
    void restore(const TrainingState& state);

private:
    struct Parameter
    {
        std::vector<std::int64_t> shape;
        std::int64_t dimension = 0;
        std::vector<bool> open; ///< along the dimension; empty while nothing is
    };

    torch::Tensor places(const Parameter& parameter) const;

    std::vector<Parameter> parameters_;
};

} // namespace circuitloom
