#include "core/exchange/event_records.h"

#include "core/exchange/wire_bytes.h"

#include <array>
#include <bit>
#include <limits>

namespace circuitloom {

namespace {

constexpr std::uint32_t castagnoli = 0x82F63B78; // the polynomial, its lowest power first

constexpr std::array<std::uint32_t, 256> checksums_of_bytes()
{
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < std::numeric_limits<unsigned char>::digits; ++bit)
            rest = (rest & 1) != 0 ? (rest >> 1) ^ castagnoli : rest >> 1;
        table[byte] = rest;
    }
    return table;
}

constexpr auto checksum_table = checksums_of_bytes();

// What follows is protobuf's encoding: a field's number and wire type, then its value.

enum class Wire : unsigned
{
    varint = 0,
    eight_bytes = 1,
    length = 2,
    four_bytes = 5
};

std::string field(unsigned number, Wire wire)
{
    return varint((number << 3) | static_cast<unsigned>(wire));
}

std::string text_field(unsigned number, std::string_view bytes)
{
    return field(number, Wire::length) + varint(bytes.size()) + std::string(bytes);
}

std::string wall_time_field(double seconds)
{
    return field(1, Wire::eight_bytes) + little_endian(std::bit_cast<std::uint64_t>(seconds));
}

std::string framed(const std::string& event)
{
    const std::string length = little_endian(static_cast<std::uint64_t>(event.size()));
    return length + little_endian(masked_crc32c(length)) + event + little_endian(masked_crc32c(event));
}

} // namespace

std::uint32_t crc32c(std::string_view bytes)
{
    std::uint32_t rest = ~0U;
    for (const char byte : bytes)
        rest = (rest >> 8) ^ checksum_table[(rest ^ static_cast<unsigned char>(byte)) & 0xFF];
    return ~rest;
}

std::uint32_t masked_crc32c(std::string_view bytes)
{
    return std::rotr(crc32c(bytes), 15) + 0xA282EAD8U;
}

std::string event_file_beginning(double wall_time)
{
    constexpr unsigned file_version = 3;
    return framed(wall_time_field(wall_time) + text_field(file_version, "brain.Event:2"));
}

std::string scalar_event(double wall_time, std::int64_t step, std::string_view tag, float value)
{
    // Event: 1 wall_time, 2 step, 5 summary. Summary: 1 value. Summary.Value: 1 tag, 2 simple_value.
    const std::string of_curve = text_field(1, tag) + field(2, Wire::four_bytes)
        + little_endian(std::bit_cast<std::uint32_t>(value));
    return framed(wall_time_field(wall_time) + field(2, Wire::varint)
        + varint(static_cast<std::uint64_t>(step)) + text_field(5, text_field(1, of_curve)));
}

} // namespace circuitloom
