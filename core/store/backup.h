#pragma once

#include <filesystem>

namespace circuitloom {

class LoomDatabase;

/// Copies all that `from` holds over the file `to`, which is there and whose content goes. Others
/// may write to `from` meanwhile. Runs that are under way are stopped in the copy, which nobody
/// goes on with. Throws what SQLite throws.
void back_up(LoomDatabase& from, const std::filesystem::path& to);

} // namespace circuitloom
