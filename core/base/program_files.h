#pragma once

#include <filesystem>
#include <string_view>

namespace circuitloom {

/// The folder of the program that runs this; empty where the system does not say (no /proc).
std::filesystem::path program_folder();

/// Circuitloom's programs and modules look for one another here. `folder` is the folder of one of
/// them. Where they were built all lie in one folder; where they were installed, those that are
/// called by name lie in PREFIX/bin and the others in PREFIX/lib/circuitloom. Returns the file
/// `name`, from `folder` first; empty where it is in none of these places.
std::filesystem::path beside_program(
    std::string_view name, const std::filesystem::path& folder = program_folder());

/// The same, but throws ResourceError where there is none: `what` is the missing thing with its
/// purpose, as in "The program circuitloom-cli-engine, which computes,", and `so` what to do.
std::filesystem::path required_beside_program(std::string_view name, std::string_view what,
    std::string_view so, const std::filesystem::path& folder = program_folder());

} // namespace circuitloom
