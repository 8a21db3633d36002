#include "core/formats/message_frames.h"

#include "core/base/error.h"
#include "core/formats/cbor_input.h"

#include <zlib.h>

namespace circuitloom {

namespace {

constexpr std::string_view magic = "\x89LS1"; // no text begins so
constexpr std::size_t header_bytes = 12;
constexpr std::size_t longest_message = 20 << 20;
constexpr std::size_t longest_foreword = 64 << 10;

std::uint32_t checksum(std::string_view bytes)
{
    return static_cast<std::uint32_t>(::crc32_z(
        0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

void put(std::string& to, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        to += static_cast<char>(value >> shift & 0xff);
}

std::uint32_t get(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << 8 * i;
    return value;
}

} // namespace

std::string frame_of(const nlohmann::json& message)
{
    std::string payload;
    nlohmann::json::to_cbor(message, payload);
    if (payload.size() > longest_message)
        throw ResourceError("A message of the stream takes " + std::to_string(payload.size() >> 20)
            + " MB; it may take up to " + std::to_string(longest_message >> 20) + ".");
    std::string frame(magic);
    put(frame, static_cast<std::uint32_t>(payload.size()));
    put(frame, checksum(payload));
    return frame + payload;
}

std::string frame_name(std::int64_t number)
{
    return "frame " + std::to_string(number) + " of the stream";
}

bool FrameReader::find_first()
{
    const std::size_t at = bytes_.find(magic);
    if (at != std::string::npos) {
        bytes_.erase(0, at);
        return true;
    }
    if (bytes_.size() > longest_foreword)
        throw InputError("What came is no stream of circuitloom-cli.");
    return false;
}

std::optional<nlohmann::json> FrameReader::next()
{
    if (number_ == 0 && !find_first())
        return std::nullopt;
    if (bytes_.size() < header_bytes)
        return std::nullopt;
    const std::string_view all = bytes_;
    const std::string name = frame_name(number_ + 1);
    if (!all.starts_with(magic))
        throw InputError(name + " does not begin as a frame does: what came is damaged.");
    const std::size_t length = get(all.substr(4));
    if (length > longest_message)
        throw InputError(name + " says that it has " + std::to_string(length)
            + " bytes; it may have up to " + std::to_string(longest_message) + ".");
    if (all.size() < header_bytes + length)
        return std::nullopt;
    const std::string_view payload = all.substr(header_bytes, length);
    if (checksum(payload) != get(all.substr(8)))
        throw InputError(name + " is damaged: its checksum is another.");
    nlohmann::json message = parse_cbor(payload, name);
    if (!message.is_object())
        throw InputError(name + " is no object.");
    bytes_.erase(0, header_bytes + length);
    ++number_;
    return message;
}

} // namespace circuitloom
