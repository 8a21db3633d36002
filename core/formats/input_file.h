#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace circuitloom {

/// The whole of a regular file. Throws InputError where it is missing, no regular file (a pipe
/// would block, a device never ends) or larger than `max_bytes`.
std::string read_input_file(const std::filesystem::path& file, std::size_t max_bytes);

/// A regular file mapped for reading; it stays mapped and open while `mapping` lives.
struct MappedFile
{
    std::shared_ptr<const void> mapping;
    std::span<const std::byte> bytes;
};

/// Throws InputError where the file is missing, empty or cannot be mapped.
MappedFile map_input_file(const std::filesystem::path& file);
/// Gives `bytes` of a mapped file to `take`, piece by piece in their order. They are read from the
/// file itself: where it was shortened meanwhile, touching the mapping ends the program, while this
/// throws InputError. False, without a call, where `mapping` is not map_input_file()'s or the bytes
/// lie elsewhere.
bool read_mapped(const std::shared_ptr<const void>& mapping, std::span<const std::byte> bytes,
    const std::function<void(std::span<const std::byte>)>& take);

} // namespace circuitloom
