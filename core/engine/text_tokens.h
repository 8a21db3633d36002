#pragma once

#include "core/tokenizer/tokenizer.h"

#include <cstdint>
#include <string>

namespace circuitloom {

/// The first token that `continuation` adds after `text`. Throws InputError where the tokenizer
/// joins the two, so that no token begins there.
std::int32_t first_token_after(
    const Tokenizer& tokenizer, const std::string& text, const std::string& continuation);

} // namespace circuitloom
