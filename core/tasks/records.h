#pragma once

#include "core/formats/json_input.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace circuitloom {

/// Calls `use` with every record of a task's or suite's text and where it stands. The text is one of
/// - JSON lines: every line that is not blank (`origin:line`);
/// - one JSON list (`origin[index]`), or one object whose field `prompts` is a list, as auto-circuit
///   writes it (`origin: prompts[index]`);
/// - a table of comma, tab or semicolon separated values (`origin:line`) whose first line names the
///   columns, in any order; a column without a name, as pandas writes its index, is left out. Every
///   value is a text, and an empty one is absent. MMLU's own tables have no first line of names and
///   get question, A, B, C, D and answer.
/// Throws InputError where the text is none of these, a line of JSON has more than 16 MB, a list
/// more values than parse_json() takes, or a row of a table more or fewer values than it has columns.
void for_each_record(std::string_view text, std::string_view origin,
    const std::function<void(const nlohmann::json& value, const std::string& where)>& use);

/// A field that is a whole number in JSON and in a table the text of one. Throws InputError where it
/// is missing, something else or out of range.
std::int64_t record_integer(
    const JsonObject& record, const char* field, std::int64_t least, std::int64_t most);

/// Whether a text has nothing but white space.
bool is_blank(std::string_view text);

/// A task or suite file, at most 1 GB; see text_file.h. Throws InputError.
std::string read_text_source(const std::filesystem::path& file);

/// One line of JSONL; a text that is not UTF-8 is written with U+FFFD.
std::string json_line(const nlohmann::ordered_json& object);

} // namespace circuitloom
