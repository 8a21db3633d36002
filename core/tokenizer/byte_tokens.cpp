#include "core/tokenizer/byte_tokens.h"

namespace circuitloom {

std::array<std::int32_t, 256> byte_tokens(const Vocabulary& vocabulary)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::array<std::int32_t, 256> ids;
    for (std::size_t byte = 0; byte < 256; ++byte)
        ids[byte] = vocabulary.find(
            std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">");
    return ids;
}

} // namespace circuitloom
