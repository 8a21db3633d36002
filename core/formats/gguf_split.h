#pragma once

#include "core/formats/gguf_metadata.h"

#include <filesystem>
#include <vector>

namespace circuitloom {

/// The files of the model of which `file` is one, the first part first: `file` alone where its
/// metadata does not say that it was split. llama.cpp's gguf-split names the parts
/// `NAME-00001-of-00003.gguf` and gives each split.no (from 0), split.count and
/// split.tensors.count; the first part alone has the model's other keys. Throws InputError that says
/// which part `file` is and which parts are missing beside it.
std::vector<std::filesystem::path> gguf_parts(
    const std::filesystem::path& file, const GgufMetadata& metadata);

/// Throws InputError where a file that is named as part `number` (from 0) of `count` says it is
/// another one.
void check_gguf_part(const GgufMetadata& metadata, std::size_t number, std::size_t count);
/// Throws InputError where the parts together do not have as many tensors as the first one says.
void check_split_tensors(const GgufMetadata& first, std::size_t tensors);

} // namespace circuitloom
