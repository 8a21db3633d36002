#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace circuitloom {

/// So many of a file's first bytes are enough for kind_of_bytes().
inline constexpr std::size_t kind_bytes = 512;

/// What a file that begins with these bytes is, with an article, as in `a GGUF model`; empty where
/// they are those of no binary format that models, tasks or circuits come in.
std::string_view kind_of_bytes(std::string_view beginning);

/// The same for anything at a path, for a message that says what stands there instead of what is
/// wanted: `a folder`, `an empty file`, `a GGUF model`, `a JSON text`, `a text`, `a file of an
/// unknown kind`. Empty where nothing is there or it cannot be read.
std::string kind_of_file(const std::filesystem::path& file);

} // namespace circuitloom
