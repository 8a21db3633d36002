#pragma once

#include "app/reference/program_reference.h"

#include <string>

namespace circuitloom {

// Scripts that complete a program's command line: its commands, options, the words that an option
// takes, and files where it takes one.

/// For bash 4.4 and newer; works without the package bash-completion.
std::string bash_completion(const ProgramReference& program);
/// A file _NAME for a folder of zsh's fpath.
std::string zsh_completion(const ProgramReference& program);
/// For fish 3.
std::string fish_completion(const ProgramReference& program);

} // namespace circuitloom
