#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>

namespace circuitloom::testing {

inline std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

/// What circuitloom-cli did.
struct Result
{
    int code = -1; ///< its exit code; -1 where it was killed
    std::string output;
    std::string errors;
};

/// Runs circuitloom-cli in `folder` through a shell, as a user does. Leaves `out` and `err` there.
/// `by`: what starts it, as in "timeout 60".
inline Result run_cli(const std::filesystem::path& folder, const std::string& arguments,
    const std::string& by = "")
{
    const std::string command
        = "cd '" + folder.string() + "' && " + by + " '" CIRCUITLOOM_CLI "' " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return { WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(folder / "out"),
        bytes_of(folder / "err") };
}

} // namespace circuitloom::testing
