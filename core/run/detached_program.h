#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace circuitloom {

/// A program that goes on when whoever started it is gone: in a session of its own, without a
/// terminal, with nothing to read, and what it prints added to a file. One instance belongs to one
/// thread.
class DetachedProgram
{
public:
    /// `words`: the program's path, then what it is given. It runs in `folder` and prints into `log`.
    /// Throws ResourceError where the system has no further process.
    DetachedProgram(std::vector<std::string> words, const std::filesystem::path& folder,
        const std::filesystem::path& log);

    pid_t process() const { return process_; }
    /// Once, after it has ended: its exit code, or -1 where a signal ended it.
    std::optional<int> end();

private:
    pid_t process_ = -1;
    bool ended_ = false;
};

} // namespace circuitloom
