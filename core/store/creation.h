#pragma once

#include <filesystem>

namespace circuitloom {

/// Makes an empty .loom file of the newest schema where no file has that name, in one step: at no
/// moment, and after no kill, is there half of one. It is made under another name in the same folder
/// and linked; where another program made one meanwhile, that one stays.
///
/// Throws ResourceError where the folder or the disk refuses.
void create_experiment_file(const std::filesystem::path& file);

/// Whether runs can be written into `file`, asked before anything is computed for it. Throws
/// InputError where it is something else than a .loom file or of a newer version, ResourceError
/// where it is damaged or it, or the folder of a new one, cannot be written to. Changes nothing.
void require_place_for_runs(const std::filesystem::path& file);

} // namespace circuitloom
