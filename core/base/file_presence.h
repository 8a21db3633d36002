#pragma once

#include <filesystem>
#include <system_error>

namespace circuitloom {

/// Whether anything has this name; false too where that cannot be looked at.
inline bool is_there(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

} // namespace circuitloom
