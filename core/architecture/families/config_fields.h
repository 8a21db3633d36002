#pragma once

#include "core/formats/json_input.h"
#include "core/architecture/model_config.h"

#include <string>

namespace circuitloom {

/// Reading and writing what several families' config.json have in common. Every reader throws
/// InputError naming the field.

inline constexpr int max_layers = 1024;
inline constexpr int max_heads = 1024;
inline constexpr int max_head_dim = 4096;
inline constexpr int max_width = 1 << 17;
inline constexpr int max_mlp_width = 1 << 20;
inline constexpr int max_position_count = 1 << 24;

/// A whole number from 1 to `most`.
int read_size(const JsonObject& json, const char* field, int most);
Activation read_activation(const JsonObject& json, const char* field, const char* otherwise);
/// The name that config.json gives it.
std::string activation_name(Activation activation);
/// Vocabulary and special tokens, which all families name alike; refuses quantised checkpoints.
void read_vocabulary(const JsonObject& json, ModelConfig& config);
/// The width of a head where it is the model's divided by the number of heads.
int divided_width(const JsonObject& json, const char* width_field, const ModelConfig& config);

/// Sets `position` to rotary and reads theta, scaling and the share of a head that is turned from
/// `rope_scaling` or `rope_parameters`; the latter may hold all three. `theta` and `share` are
/// what the family's own fields say.
void read_rope(const JsonObject& json, double theta, double share, ModelConfig& config);
/// `rope_scaling` as config.json has it; null where the angles are not scaled.
nlohmann::ordered_json rope_scaling_json(const ModelConfig& config);

} // namespace circuitloom
