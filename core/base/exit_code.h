#pragma once

namespace circuitloom {

/// What a program of ours exits with where the user stopped it, as shells report a Ctrl-C.
inline constexpr int stopped_by_user = 130;

} // namespace circuitloom
