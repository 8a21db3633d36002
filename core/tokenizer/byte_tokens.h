#pragma once

#include "core/tokenizer/vocabulary.h"

#include <array>

namespace circuitloom {

/// The ids of the tokens that stand for single bytes, `<0x00>` to `<0xFF>`; -1 where there is none.
std::array<std::int32_t, 256> byte_tokens(const Vocabulary& vocabulary);

} // namespace circuitloom
