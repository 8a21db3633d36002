#pragma once

#include "tests/support/program.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <sys/types.h>

namespace circuitloom::testing {

/// The process that `launcher` (circuitloom-cli --processes) started as the `rank`-th; 0 where there
/// is none.
inline pid_t process_of_rank(pid_t launcher, int rank)
{
    const std::string own = std::to_string(launcher);
    std::ifstream children("/proc/" + own + "/task/" + own + "/children");
    for (pid_t child = 0; children >> child;) {
        const std::string variables = bytes_of("/proc/" + std::to_string(child) + "/environ");
        if (variables.find("RANK=" + std::to_string(rank) + std::string(1, '\0')) == 0)
            return child;
    }
    return 0;
}

/// Who started the process, as proc(5) has it; 0 where there is none.
inline pid_t parent_of(pid_t process)
{
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string word; status >> word;)
        if (word == "PPid:") {
            pid_t parent = 0;
            status >> parent;
            return parent;
        }
    return 0;
}

} // namespace circuitloom::testing
