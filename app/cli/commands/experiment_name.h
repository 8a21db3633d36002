#pragma once

#include <filesystem>

namespace circuitloom {

/// For the file that a command puts runs into: throws InputError where it would be new and its name
/// does not end in .loom, by which the window's dialogs and folders know an experiment. One that is
/// there may have any name.
void require_experiment_name(const std::filesystem::path& file);

} // namespace circuitloom
