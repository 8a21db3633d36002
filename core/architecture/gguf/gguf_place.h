#pragma once

#include <filesystem>
#include <optional>

namespace circuitloom {

/// The GGUF file that `place` stands for: a file whose name ends in .gguf, in whatever letters, or
/// that begins with GGUF (Ollama's blobs have no ending); or of a directory without config.json the
/// one .gguf file, or the first part of the one that was split. Nothing for all else. Throws
/// InputError where such a directory holds several.
std::optional<std::filesystem::path> gguf_file_of(const std::filesystem::path& place);

} // namespace circuitloom
