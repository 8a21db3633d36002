#pragma once

#include "core/architecture/model_config.h"
#include "core/formats/json_input.h"

namespace circuitloom {

/// The fields of config.json that speak of rotary positions, as transformers 4 and 5 write them.
/// Every reader throws InputError naming the field.

/// Sets `position` to rotary and reads theta, scaling and the share of a head that is turned from
/// `rope_scaling` or else `rope_parameters`, which may hold all three. `theta` and `share` are what
/// the family's own fields say. Needs `max_positions`, which becomes the stretched context where
/// the scaling is dynamic.
void read_rope(const JsonObject& json, double theta, double share, ModelConfig& config);
/// The same from `rope`, one of those two fields.
void read_rope(const JsonObject& json, const JsonObject& rope, double theta, double share,
    ModelConfig& config);
/// `rope_scaling` as config.json has it; null where the angles are not scaled.
nlohmann::ordered_json rope_scaling_json(const ModelConfig& config);
/// `max_position_embeddings` as config.json has it.
int stored_positions(const ModelConfig& config);

} // namespace circuitloom
