#pragma once

#include "core/architecture/model_config.h"
#include "core/formats/json_input.h"

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
/// `max_position_embeddings`, where it is missing what transformers takes for the family.
int read_positions(const JsonObject& json, int otherwise);
/// Which layers have the window of `sliding_window`, by `layer_types`: one entry for each layer,
/// `full_attention` or `sliding_attention`.
void read_layer_types(const JsonObject& json, int window, ModelConfig& config);
/// `layer_types` as config.json has it.
nlohmann::ordered_json layer_types_json(const ModelConfig& config);
/// Refuses a field that is true: `what` says what this version does not compute.
void refuse_flag(const JsonObject& json, const char* field, const std::string& what);
/// Vocabulary and special tokens, which all families name alike; refuses quantised checkpoints.
void read_vocabulary(const JsonObject& json, ModelConfig& config);
/// Layers, heads that share no key or value, and widths of stream and heads, under these names.
void read_ungrouped_heads(const JsonObject& json, const char* layers_field, const char* heads_field,
    const char* width_field, ModelConfig& config);
/// The width of the MLPs; four times the stream's where it is missing.
int read_mlp_width(const JsonObject& json, const char* field, const ModelConfig& config);
/// The width of a head where it is the model's divided by the number of heads.
int divided_width(const JsonObject& json, const char* width_field, const ModelConfig& config);

} // namespace circuitloom
