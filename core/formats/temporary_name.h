#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace circuitloom {

/// The end of a name that mkstemp() and its like fill in.
inline constexpr std::string_view random_part = ".XXXXXX";

/// What the name of a temporary file beside `file` begins with: the file's own name, shortened after
/// whole characters where it would be too long for a name with `added` more bytes. Without the folder.
std::string temporary_stem(const std::filesystem::path& file, std::size_t added);

/// The pattern of a temporary file beside `file`, for mkstemp() and its like: its stem, the random part
/// and `ending`, with room for `added` more bytes that others put after it.
std::string temporary_pattern(
    const std::filesystem::path& file, std::string_view ending = {}, std::size_t added = 0);

} // namespace circuitloom
