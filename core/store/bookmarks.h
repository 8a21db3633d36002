#pragma once

#include "core/store/records.h"

#include <cstddef>
#include <filesystem>

namespace circuitloom {

inline constexpr std::size_t longest_bookmark_name = 200; ///< bytes of UTF-8
inline constexpr std::size_t longest_bookmark_note = 20'000; ///< bytes of UTF-8

/// Each of these is one transaction on `file`, which another thread or process may be training
/// into: they wait for their turn as every writer does, and bring an older file up to date. Throws
/// ResourceError where the file cannot be written to.

/// Stores a new bookmark, or, where `bookmark.id` is not 0, one that was removed, under the number
/// it had. The time is now unless `bookmark.created` says when. Returns what was stored. Throws
/// InputError where the run lacks the iteration of a new one, the name is empty, or a text is
/// longer than above.
Bookmark add_bookmark(const std::filesystem::path& file, const Bookmark& bookmark);
/// Gives the bookmark of this number the name and the note of `bookmark`. Throws InputError where
/// there is none in the file, and as add_bookmark() does.
void change_bookmark(const std::filesystem::path& file, const Bookmark& bookmark);
/// Throws InputError where there is no such bookmark.
void remove_bookmark(const std::filesystem::path& file, std::int64_t id);

} // namespace circuitloom
