#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>

namespace circuitloom {

/// What a mirror asks of any message before it keeps it. Internal to core/store.

/// Its type: rows, clear or commit. Throws InputError, which begins with `name`, where it is none of
/// these, or has a field that this type has not.
std::string require_known_fields(const nlohmann::json& message, const std::string& name);
/// About the bytes that it takes in memory, be they in values or in what holds them.
std::size_t memory_of(const nlohmann::json& value);

} // namespace circuitloom
