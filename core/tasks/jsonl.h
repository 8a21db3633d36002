#pragma once

#include "core/formats/json_input.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace circuitloom {

/// Calls `use` with every line that is not blank, as an object whose messages begin with
/// `origin:line`. Throws InputError where a line is no JSON object or longer than 16 MB.
void for_each_json_line(std::string_view jsonl, std::string_view origin,
    const std::function<void(const JsonObject&)>& use);

/// A task or suite file, at most 1 GB. Throws InputError.
std::string read_text_source(const std::filesystem::path& file);

/// One line of JSONL; a text that is not UTF-8 is written with U+FFFD.
std::string json_line(const nlohmann::ordered_json& object);

} // namespace circuitloom
