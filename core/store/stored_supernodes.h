#pragma once

#include "core/graph/supernode.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace circuitloom {

inline constexpr std::size_t longest_supernode_name = 200; ///< bytes of UTF-8
inline constexpr std::size_t longest_member_name = 100; ///< bytes of UTF-8

/// Replaces the supernodes of `file`, for all its runs, in one transaction; another thread or
/// process may be training into it. Throws InputError where a name is empty, longer than above or
/// there twice, or a supernode has no members or one of them twice; ResourceError where the file
/// cannot be written to.
void save_supernodes(const std::filesystem::path& file, const std::vector<Supernode>& supernodes);

} // namespace circuitloom
