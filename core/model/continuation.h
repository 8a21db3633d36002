#pragma once

#include "core/model/transformer.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace circuitloom {

/// `ids` as the input of a pass, int64 [1, position], on the model's device. Throws InputError
/// where there are none, more than the model's context holds, or some that the model does not know.
torch::Tensor token_row(std::span<const std::int32_t> ids, const Transformer& model);

/// A forward pass in place of the model's own, such as one with edges ablated: from ids, int64
/// [batch, position], to the final norm's output, [batch, position, d_model]. An empty one stands
/// for the model's own.
using HiddenPass = std::function<torch::Tensor(const torch::Tensor& ids)>;

/// log p(next token | ids), one entry per token of the vocabulary, in nats. Throws as
/// token_row().
std::vector<double> next_token_log_probabilities(const Transformer& model,
    std::span<const std::int32_t> ids, const HiddenPass& pass = {});

/// The same after every token: calls `use` with each position and its row. Throws as token_row().
void for_each_next_token(const Transformer& model, std::span<const std::int32_t> ids,
    const std::function<void(std::size_t position, const std::vector<double>& row)>& use,
    const HiddenPass& pass = {});

/// The tokens of an empty text: the model's start token, where it has one.
std::vector<std::int32_t> tokens_or_start(std::vector<std::int32_t> ids, const ModelConfig& config);

} // namespace circuitloom
