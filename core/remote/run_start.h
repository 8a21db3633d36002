#pragma once

#include "core/run/detached_program.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// Several runs of one configuration; as it is, one.
struct SweepToStart
{
    std::vector<std::string> axes; ///< as parse_sweep_axis() reads them
    int seeds = 1;
    bool is_one_run() const { return axes.empty() && seeds == 1; }
};

/// How a run that was started ended.
struct RunEnd
{
    bool ok = false; ///< it was finished, or stopped by the user
    std::string text; ///< a sentence; of a failure, with the last line that the run wrote
};

/// A run that goes on when whoever started it is gone: circuitloom-cli as a DetachedProgram.
class StartedRun
{
public:
    /// Writes `configuration` (TOML) beside `file`, which may not be there yet, as in run-1.toml, and
    /// starts `program` tune with it in that folder: one run, or those of a sweep one after another.
    /// Throws InputError where configuration or sweep are not sound, ResourceError where the folder or
    /// the system refuses.
    StartedRun(const std::filesystem::path& program, const std::filesystem::path& file,
        const std::string& configuration, const SweepToStart& sweep = {});

    pid_t process() const { return program_->process(); }
    const std::filesystem::path& configuration() const { return configuration_; }
    const std::filesystem::path& log() const { return log_; }
    /// Once, after it has ended.
    std::optional<RunEnd> end();

private:
    std::filesystem::path configuration_;
    std::filesystem::path log_;
    std::optional<DetachedProgram> program_;
};

} // namespace circuitloom
