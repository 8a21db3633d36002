#pragma once

#include "core/formats/result_file.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace circuitloom {

/// A command's `-o FILE` with `--force`, the same in every command that writes a file.
struct OutputOption
{
    std::string file; ///< empty where none was named
    bool force = false;

    CLI::Option* add_to(CLI::App& command, const std::string& help)
    {
        command.add_flag("--force", force, "replace whatever -o names, but never what is read");
        return command.add_option("-o,--output", file, help);
    }
    /// Before anything is computed: see ResultFile.
    ResultFile result(FileContent content, const std::vector<std::filesystem::path>& inputs) const
    {
        return ResultFile(file, { content, force, inputs });
    }
};

} // namespace circuitloom
