#pragma once

#include "core/base/ids.h"
#include "core/store/writer_identity.h"

#include <filesystem>

namespace circuitloom {

/// The process that trains a run of `file`, on this machine. Throws InputError where there is no such
/// run, or it is not in training; ResourceError where the file is damaged or locked.
WriterIdentity process_in_training(const std::filesystem::path& file, RunId run);

} // namespace circuitloom
