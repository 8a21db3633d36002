#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <sys/types.h>

namespace circuitloom {

/// How a run that was started ended.
struct RunEnd
{
    bool ok = false; ///< it was finished, or stopped by the user
    std::string text; ///< a sentence; of a failure, with the last line that the run wrote
};

/// A run that goes on when whoever started it is gone: circuitloom-cli in a session of its own, without
/// a terminal, its output in a file.
class StartedRun
{
public:
    /// Writes `configuration` (TOML) beside `file`, which may not be there yet, as in run-1.toml, and
    /// starts `program` tune with it in that folder. Throws InputError where the configuration is not
    /// sound, ResourceError where the folder or the system refuses.
    StartedRun(const std::filesystem::path& program, const std::filesystem::path& file,
        const std::string& configuration);

    pid_t process() const { return process_; }
    const std::filesystem::path& configuration() const { return configuration_; }
    const std::filesystem::path& log() const { return log_; }
    /// Once, after it has ended.
    std::optional<RunEnd> end();

private:
    std::filesystem::path configuration_;
    std::filesystem::path log_;
    pid_t process_ = -1;
    bool ended_ = false;
};

} // namespace circuitloom
