#pragma once

#include "core/model/continuation.h"
#include "core/model/transformer.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace circuitloom {

struct GenerationOptions
{
    int tokens = 40; ///< at most so many for each text
    double temperature = 0; ///< 0 takes the likeliest token; otherwise tokens are drawn
    /// Of what is drawn: text i draws with the seed + i, so that its tokens do not depend on the
    /// others.
    std::uint64_t seed = 1;
    /// A text ends before any of these. The model's end-of-text token always is one.
    std::vector<std::int32_t> stop_tokens = {};
    /// Texts that are continued at once; 0 for as many as suit the device.
    int batch = 0;
    /// Where memory is short: that number is divided by it.
    int parts = 1;
    /// Called before every token of a batch with how many tokens it has made; may throw, which ends
    /// it.
    std::function<void(int made)> progress = {};
    /// With one every token costs a pass over its whole text.
    HiddenPass pass = {};
};

enum class TextEnd
{
    stop_token,
    token_limit,
    context_full,
    not_a_number ///< no token is likelier than another
};

struct GeneratedText
{
    std::vector<std::int32_t> ids; ///< what follows the prompt, without a stop token
    TextEnd end = TextEnd::token_limit;
};

/// What the model continues each prompt by, in the prompts' order. Texts of like length are
/// continued together with the keys and values of what they already have (key_value_cache.h); the
/// results do not depend on which these are but for rounding. Throws as token_row() for any of the
/// prompts.
std::vector<GeneratedText> generate(const Transformer& model,
    const std::vector<std::vector<std::int32_t>>& prompts, const GenerationOptions& options = {});

} // namespace circuitloom
