#pragma once

#include "core/formats/json_input.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace circuitloom {

/// Calls `use` with every line that is not blank, as an object whose messages begin with
/// `origin:line`; or, where the text is one JSON list, with each of its objects, as `origin[index]`.
/// Throws InputError where a line or an entry is no JSON object, a line longer than 16 MB, a list of
/// more values than parse_json() takes.
void for_each_json_line(std::string_view jsonl, std::string_view origin,
    const std::function<void(const JsonObject&)>& use);

/// A task or suite file, at most 1 GB; see text_file.h. Throws InputError.
std::string read_text_source(const std::filesystem::path& file);

/// One line of JSONL; a text that is not UTF-8 is written with U+FFFD.
std::string json_line(const nlohmann::ordered_json& object);

} // namespace circuitloom
