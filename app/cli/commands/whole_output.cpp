#include "app/cli/commands/whole_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

namespace circuitloom {

bool whole_output(const char* program)
{
    errno = 0;
    if (std::cout.flush() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return true;
    // Where an earlier write failed, what it said is gone: what errno had then may be of anything.
    std::cerr << program << ": The standard output could not be written to"
              << (errno != 0 ? std::string(": ") + std::strerror(errno) : std::string()) << ".\n";
    return false;
}

} // namespace circuitloom
