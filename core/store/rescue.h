#pragma once

#include "core/store/database.h"

#include <filesystem>

namespace circuitloom {

/// Copies what `database` sees into a new file beside its own, whether that is still there or not,
/// as in run.rescued.loom; runs that were going on are stopped in the copy. Gives its name. Throws
/// ResourceError where the disk refuses.
std::filesystem::path rescue(LoomDatabase& database);

/// `stem` + `label` beside `file`, with a number where that is taken.
std::filesystem::path free_name(const std::filesystem::path& file, const std::string& label);

} // namespace circuitloom
