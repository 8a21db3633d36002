#pragma once

#include <string>

namespace circuitloom {

/// What circuitloom --help prints.
std::string help_text();

/// Prints the manual page (`circuitloom man`) or the completions for a shell (`circuitloom
/// completion SHELL`; null where none was named). Return the program's exit code.
int print_man_page();
int print_completion(const char* shell);

} // namespace circuitloom
