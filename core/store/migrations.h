#pragma once

#include <span>

namespace circuitloom {

/// SQL scripts; the script at index v brings a file from user_version v to v + 1. Scripts that were
/// released never change.
std::span<const char* const> migrations();

} // namespace circuitloom
