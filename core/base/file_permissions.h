#pragma once

#include <filesystem>

#include <sys/types.h>

namespace circuitloom {

/// What a file may be given that was made under another name, for nobody else, and is about to take
/// the name `target`: the permissions of the file of that name, or, where there is none, what the
/// umask leaves of reading and writing for all. May be called from any thread.
mode_t permissions_for(const std::filesystem::path& target);

} // namespace circuitloom
