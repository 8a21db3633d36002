#pragma once

#include "core/store/records.h"

#include <cstddef>
#include <filesystem>

namespace circuitloom {

inline constexpr std::size_t longest_view_content = 200'000; ///< bytes of UTF-8

/// Replaces the view of `file` in one short transaction; another thread or process may be training
/// into it. False where the file is of an older schema: to be looked at is no reason to bring it up
/// to date. Throws InputError where the file is missing or the content longer than above,
/// ResourceError where the file cannot be written to.
bool save_view(const std::filesystem::path& file, const StoredView& view);

} // namespace circuitloom
