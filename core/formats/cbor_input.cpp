#include "core/formats/cbor_input.h"

#include "core/base/error.h"
#include "core/formats/value_builder.h"

#include <algorithm>
#include <string>

namespace circuitloom {

namespace {

/// nlohmann's parser goes into a text or bytes in pieces by itself, one level for each byte that
/// begins one, and the stack ends before any limit is asked.
void refuse_pieces(std::string_view bytes, std::string_view origin)
{
    constexpr unsigned byte_text = 2;
    constexpr unsigned letter_text = 3;
    constexpr unsigned in_pieces = 31;
    constexpr unsigned longest_length = 27; // 8 bytes; 24 is 1 byte, below 24 the length itself
    // One item's head after another; what is in a list or an object follows its head.
    for (std::size_t at = 0; at < bytes.size();) {
        const auto head = static_cast<unsigned char>(bytes[at]);
        const unsigned kind = head >> 5;
        const unsigned length = head & 31U;
        const bool is_text = kind == byte_text || kind == letter_text;
        if (is_text && length == in_pieces)
            throw InputError(std::string(origin) + ": the CBOR has a text in pieces at byte "
                + std::to_string(at + 1) + ", which is not read.");
        const std::size_t digits
            = length < 24 || length > longest_length ? 0 : std::size_t{ 1 } << (length - 24);
        ++at;
        std::uint64_t told = length;
        if (digits > 0) {
            told = 0;
            for (const char byte : bytes.substr(std::min(at, bytes.size()), digits))
                told = told << 8 | static_cast<unsigned char>(byte);
        }
        at += digits;
        if (is_text && at < bytes.size())
            at += static_cast<std::size_t>(std::min<std::uint64_t>(told, bytes.size() - at));
    }
}

} // namespace

nlohmann::json parse_cbor(std::string_view bytes, std::string_view origin)
{
    refuse_pieces(bytes, origin);
    ValueBuilder builder(origin, "CBOR");
    nlohmann::json::sax_parse(bytes, &builder, nlohmann::json::input_format_t::cbor);
    return builder.take();
}

} // namespace circuitloom
