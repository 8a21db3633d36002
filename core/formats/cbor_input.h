#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace circuitloom {

/// Parses CBOR (RFC 8949) from an untrusted source, with the limits of parse_json(). Throws
/// InputError, starting with `origin`, also for texts in pieces (of indefinite length). Texts are as
/// they came: they need not be UTF-8.
nlohmann::json parse_cbor(std::string_view bytes, std::string_view origin);

} // namespace circuitloom
