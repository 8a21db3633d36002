#pragma once

#include "core/formats/json_input.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace circuitloom {

/// The special tokens that stand around a single text.
struct PostProcessor
{
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
};

/// From the `post_processor` of a tokenizer.json: TemplateProcessing, ByteLevel (which adds
/// nothing) or a Sequence of them. Throws InputError.
PostProcessor read_post_processor(const JsonObject& json);

} // namespace circuitloom
