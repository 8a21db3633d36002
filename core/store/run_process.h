#pragma once

#include "core/base/ids.h"
#include "core/store/writer_identity.h"

#include <filesystem>

namespace circuitloom {

/// The process that trains a run of `file`, on this machine. Throws InputError where there is no such
/// run, or it is not in training; ResourceError where the file is damaged or locked.
WriterIdentity process_in_training(const std::filesystem::path& file, RunId run);

/// Whether the process of this number, on this machine, has begun a run in `file` and lives. Throws as
/// process_in_training().
bool trains_in(const std::filesystem::path& file, std::int64_t process);

} // namespace circuitloom
