#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace circuitloom {

/// The records of TensorBoard's event files: each an `Event` of TensorFlow's event.proto, framed as
/// TFRecord does, by its length and checksums (CRC-32C). A file is these strings one after another,
/// event_file_beginning() first.

/// `wall_time`: seconds since 1970.
std::string event_file_beginning(double wall_time);
/// One value of the curve `tag` at a step.
std::string scalar_event(double wall_time, std::int64_t step, std::string_view tag, float value);

/// CRC-32C (Castagnoli) of bytes.
std::uint32_t crc32c(std::string_view bytes);
/// The same as TFRecord stores it: turned, and with a constant added.
std::uint32_t masked_crc32c(std::string_view bytes);

} // namespace circuitloom
