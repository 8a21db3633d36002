#include "core/remote/started_runs.h"

#include "core/base/error.h"
#include "core/store/run_process.h"

#include <algorithm>

namespace circuitloom {

namespace {

bool has_begun(const std::filesystem::path& file, const StartedRun& run)
{
    try {
        return trains_in(file, run.process());
    } catch (const Error&) { // it is not there, or just being made
        return false;
    }
}

} // namespace

const StartedRun& StartedRuns::start(std::int64_t id, const std::filesystem::path& program,
    const std::filesystem::path& file, const std::string& configuration, const SweepToStart& sweep)
{
    runs_.push_back({ id, { program, file, configuration, sweep } });
    return runs_.back().run;
}

std::vector<StartedRuns::Ended> StartedRuns::look(const std::filesystem::path& file)
{
    std::vector<Ended> ended;
    for (auto one = runs_.begin(); one != runs_.end();) {
        if (const auto end = one->run.end()) {
            ended.push_back({ one->id, *end });
            one = runs_.erase(one);
            continue;
        }
        one->begun = one->begun || has_begun(file, one->run);
        ++one;
    }
    return ended;
}

bool StartedRuns::awaits_any() const
{
    return !std::ranges::all_of(runs_, &Started::begun);
}

} // namespace circuitloom
