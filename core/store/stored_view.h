#pragma once

#include "core/base/ids.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace circuitloom {

/// How somebody looked at a file: the run shown, and what the window knows the rest by.
struct StoredView
{
    RunId run; ///< may be gone since
    std::string content; ///< JSON, the window's own
    bool operator==(const StoredView&) const = default;
};

inline constexpr std::size_t longest_view_content = 200'000; ///< bytes of UTF-8

/// Replaces the view of `file` in one short transaction; another thread or process may be training
/// into it. False where the file is of an older schema: to be looked at is no reason to bring it up
/// to date. Throws InputError where the file is missing or the content longer than above,
/// ResourceError where the file cannot be written to.
bool save_view(const std::filesystem::path& file, const StoredView& view);

} // namespace circuitloom
