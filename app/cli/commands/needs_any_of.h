#pragma once

#include <CLI/CLI.hpp>

#include <initializer_list>
#include <string>

namespace circuitloom {

/// Throws CLI::RequiresError where `option` of `command` was given and none of `others`, without
/// which it would do nothing. For a command's callback, when all options are known.
inline void needs_any_of(
    const CLI::App& command, const std::string& option, std::initializer_list<const char*> others)
{
    std::string names;
    for (const char* other : others) {
        if (command.count(other) > 0)
            return;
        names += (names.empty() ? "" : " or ") + std::string(other);
    }
    if (command.count(option) > 0)
        throw CLI::RequiresError(option, names);
}

} // namespace circuitloom
