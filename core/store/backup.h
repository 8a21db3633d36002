#pragma once

#include <filesystem>
#include <functional>

namespace circuitloom {

class LoomDatabase;

/// Copies all that `from` holds over the file `to`, which is there and whose content goes. Others
/// may write to `from` meanwhile: the copy has what was there when it began. Without a write-ahead
/// log, where a commit would have to wait for the copy's end, it begins anew with each commit.
/// Runs that are under way are stopped in the copy, which nobody goes on with. `before_step` is
/// called before each few thousand pages, may throw and so ends the copy. Throws what SQLite
/// throws.
void back_up(LoomDatabase& from, const std::filesystem::path& to,
    const std::function<void()>& before_step = {});

} // namespace circuitloom
