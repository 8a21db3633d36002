#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

/// The bytes of one message in a stream of them: four letters, the length and the CRC-32 of what
/// follows (32 bits each, little-endian), and the message as CBOR.
std::string frame_of(const nlohmann::json& message);

/// What a message of the stream is called in sentences: "frame 17 of the stream".
std::string frame_name(std::int64_t number);

/// Takes messages out of an untrusted stream of bytes that comes in pieces. What a server's shell
/// prints before the first message is passed over.
class FrameReader
{
public:
    void add(std::string_view bytes) { bytes_.append(bytes); }
    /// The next message once all of it has come. Throws InputError, which names the frame, where
    /// what came is none, longer than 20 MB, damaged, or no JSON object in CBOR.
    std::optional<nlohmann::json> next();
    /// Of the message that next() gave last, from 1.
    std::int64_t number() const { return number_; }
    /// Where no message has come: what came in its place, its beginning.
    std::string_view foreign() const { return number_ == 0 ? std::string_view(bytes_) : std::string_view(); }

private:
    bool find_first();

    std::string bytes_;
    std::int64_t number_ = 0;
};

} // namespace circuitloom
