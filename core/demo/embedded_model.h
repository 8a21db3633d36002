#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace circuitloom {

/// The files of resources/models/demo as they were built into the program; they live as long as
/// it runs.
struct EmbeddedModel
{
    std::string_view config_json;
    std::string_view tokenizer_json;
    std::string_view tokenizer_config_json;
    std::span<const std::byte> weights; ///< model.safetensors, aligned to 64 bytes
};

/// Null in a build whose source tree had no demo model.
const EmbeddedModel* embedded_demo_model();

} // namespace circuitloom
