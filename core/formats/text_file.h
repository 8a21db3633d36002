#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace circuitloom {

/// The text of a file that people write: a task, a suite, a configuration. It comes as the file's
/// author sees it, whatever editor wrote it: without a byte order mark, and with `\n` at the end of
/// each line where the file has `\r\n` or `\r`, as Python's text mode has it.
///
/// Throws InputError where read_input_file() does, and for what is not UTF-8 text: UTF-16 and
/// UTF-32, another encoding, a compressed file. The message says what to do.
std::string read_text_file(const std::filesystem::path& file, std::size_t max_bytes);

/// The same for the bytes of a file; `origin` begins the messages.
std::string text_of(std::string bytes, std::string_view origin);

} // namespace circuitloom
