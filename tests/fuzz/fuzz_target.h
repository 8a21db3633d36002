#pragma once

#include "core/base/error.h"

#include <string_view>

namespace circuitloom::fuzz {

/// The name under which every target hands its input to the core.
inline constexpr std::string_view origin = "input file";

/// Defined once in each fuzz_FORMAT.cpp: reads `input` as a file of that format and uses what it
/// holds. Throws what the core throws; anything but InputError is a fault.
void use_as_file(std::string_view input);

/// Whether the core took `input`; where it refused, the message must be clear.
bool is_accepted(std::string_view input);

/// Ends the program, as a failed assertion would, in every kind of build.
void require(bool holds, const char* what);

/// Requires that a message is fit for a user: one short line of UTF-8.
void require_clear(const InputError& refusal);

/// Calls `read`; a refusal must begin with the origin, as it does for every fault in a file.
template <class Read>
auto read_naming_origin(Read read)
{
    try {
        return read();
    } catch (const InputError& error) {
        require(std::string_view(error.what()).starts_with(origin), error.what());
        throw;
    }
}

} // namespace circuitloom::fuzz
