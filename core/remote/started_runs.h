#pragma once

#include "core/remote/run_start.h"

#include <cstdint>
#include <filesystem>
#include <list>
#include <string>
#include <vector>

namespace circuitloom {

/// The runs that were started into one file, under the numbers that whoever asked for them gave.
class StartedRuns
{
public:
    struct Ended
    {
        std::int64_t id = 0;
        RunEnd end;
    };

    /// As StartedRun's constructor.
    const StartedRun& start(std::int64_t id, const std::filesystem::path& program,
        const std::filesystem::path& file, const std::string& configuration,
        const SweepToStart& sweep = {});
    /// Looks which of them have begun to write into `file`. Those that have ended since the last look.
    std::vector<Ended> look(const std::filesystem::path& file);
    /// Whether any is alive that has not begun to write.
    bool awaits_any() const;

private:
    struct Started
    {
        std::int64_t id;
        StartedRun run;
        bool begun = false;
    };
    std::list<Started> runs_;
};

} // namespace circuitloom
