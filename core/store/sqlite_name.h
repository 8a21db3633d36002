#pragma once

#include <filesystem>
#include <string>

namespace circuitloom {

/// How a file is named to SQLite. Absolute, since it may take a name that begins with "file:" for an
/// address, in which other characters mean something.
inline std::string sqlite_name(const std::filesystem::path& file)
{
    return std::filesystem::absolute(file).string();
}

} // namespace circuitloom
