#pragma once

#include "core/model/transformer.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

#include <nlohmann/json.hpp>
#include <torch/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// Everything that a run needs to go on bit for bit, gathered from the parts that have a state:
/// each has `void save(TrainingState&) const` and `void restore(const TrainingState&)`, under names
/// of its own, as in `optimizer.momentum.3`.
struct TrainingState
{
    /// Tensors of any plain type, on any device, by name. They may share memory with what they were
    /// taken from: write a state before the next step.
    std::map<std::string, torch::Tensor> tensors;
    /// An object of small values; whole numbers of 64 bits keep every bit.
    nlohmann::json values = nlohmann::json::object();

    /// Both throw ResourceError where the checkpoint lacks it.
    const torch::Tensor& tensor(const std::string& name) const;
    const nlohmann::json& value(const std::string& name) const;
};

/// A vector of numbers as a tensor, and back.
void save_numbers(
    TrainingState& state, const std::string& name, std::span<const std::int32_t> numbers);
void save_numbers(
    TrainingState& state, const std::string& name, std::span<const std::int64_t> numbers);
void save_numbers(TrainingState& state, const std::string& name, std::span<const float> numbers);
/// `Number` is one of these three types. Throws ResourceError where the checkpoint has no such
/// vector.
template <class Number>
std::vector<Number> saved_numbers(const TrainingState& state, const std::string& name);

/// What the tensors as large as the model's take at most in a checkpoint of a run, in bytes: the
/// weights, the two means of AdamW and, where the weights are bfloat16, those kept in float32.
std::size_t largest_checkpoint(const Transformer& model, const RunConfig& config);

/// A state as the store takes it: its tensors on the CPU and in one piece.
struct PackedState
{
    std::string values;
    std::vector<TensorView> tensors;
    std::vector<torch::Tensor> held; ///< what `tensors` show
};

PackedState pack(const TrainingState& state);
/// Throws ResourceError where a tensor's bytes do not match its shape or `values` is no object.
TrainingState unpack(const StoredCheckpoint& checkpoint);
/// Unpacks the checkpoint for `use`, which takes back what it saved. Throws ResourceError also
/// where a value is not of the kind that `use` expects.
void restore_from(
    const StoredCheckpoint& checkpoint, const std::function<void(const TrainingState& state)>& use);

} // namespace circuitloom
