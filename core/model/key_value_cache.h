#pragma once

#include "core/model/transformer.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace circuitloom {

/// Whether a text of so many tokens can be continued from cached keys and values: not where every
/// angle of the rotary embedding changes once a text is longer (RopeKind::dynamic and longrope).
bool can_cache(const ModelConfig& config, std::int64_t tokens);

/// A batch of texts that grow by tokens at their end, with the keys and values of what they already
/// have, so that a token costs one position's pass. Texts stand against the right edge: a shorter
/// one has padding before its first token, which no token of it looks at. Computes without
/// gradients; the model must outlive it and not change.
class KeyValueCache
{
public:
    /// `padding` has for each text how many positions of padding come before it. Room is taken for
    /// `capacity` positions, padding included. can_cache() must hold for the longest text.
    KeyValueCache(const Transformer& model, std::span<const std::int64_t> padding,
        std::int64_t capacity);

    /// Adds `ids`, int64 [text, position], to the texts' end, first of all with their padding (any
    /// id). Returns the final norm's output at the last position, [text, d_model].
    torch::Tensor advance(const torch::Tensor& ids);
    /// Goes on with these texts alone, int64 indices on the model's device.
    void keep(const torch::Tensor& texts);

private:
    torch::Tensor projected(int layer, const torch::Tensor& stream) const;
    /// By window.
    std::map<int, torch::Tensor> masks_of(std::int64_t added) const;

    const Transformer& model_;
    torch::Tensor padding_; ///< [text]
    bool is_padded_ = false;
    std::int64_t filled_ = 0;
    std::vector<torch::Tensor> rotations_; ///< of all positions; per layer
    std::vector<torch::Tensor> keys_; ///< per layer, [text, key/value head, capacity, head_dim]
    std::vector<torch::Tensor> values_;
};

} // namespace circuitloom
