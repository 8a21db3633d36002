#pragma once

#include <string>

namespace circuitloom {

/// What circuitloom --help prints.
std::string help_text();

/// Prints the manual page (`circuitloom man`, or with `--markdown` the page of the documentation;
/// null where no option was given) or the completions for a shell (`circuitloom completion SHELL`;
/// null where none was named). Return the program's exit code.
int print_man_page(const char* option);
int print_completion(const char* shell);

} // namespace circuitloom
