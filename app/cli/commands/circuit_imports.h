#pragma once

#include "core/run/circuit_import.h"

#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom {

/// Reads every circuit with a line of progress, and prints which there are, of which steps, and
/// which will not be used and why. Throws InputError.
void print_circuits_found(const std::filesystem::path& series, bool json);

/// Imports what `paths` hold, with a line of progress, and prints which runs they became. Throws as
/// import_circuits().
void import_and_print(const std::vector<std::filesystem::path>& paths, const std::string& output,
    ImportOptions options, bool json);

} // namespace circuitloom
