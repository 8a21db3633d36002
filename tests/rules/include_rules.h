#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace circuitloom::rules {

struct Include
{
    std::string path; ///< as written
    bool quoted = false; ///< "path" rather than <path>
    int line = 0;
};

/// The #include lines of every source, by its path from the root.
using Sources = std::map<std::string, std::vector<Include>>;

/// Reads core/, ui/ and app/ under `root`. Throws std::runtime_error where one of them is missing,
/// holds no source or cannot be read.
Sources read_sources(const std::filesystem::path& root);

/// A line for everything that points the wrong way, as in
/// "ui/panel.h:3: core/discovery/scores.h > <torch/torch.h>: the ui knows no LibTorch".
std::vector<std::string> violations(const Sources& sources);

} // namespace circuitloom::rules
