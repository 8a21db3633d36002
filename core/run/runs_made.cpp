#include "core/run/runs_made.h"

#include "core/base/error.h"
#include "core/run/divergence.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"

#include <map>
#include <string>

namespace circuitloom {

namespace {

std::string key_of(RunConfig config)
{
    config.name.clear();
    config.description.clear();
    return to_json(config);
}

} // namespace

std::vector<std::optional<RunSummary>> runs_made(
    std::span<const RunConfig> wanted, std::span<const RunSummary> there)
{
    std::map<std::string, const RunSummary*> known;
    for (const RunSummary& run : there) {
        if (is_imported(run.description) || is_observed(run.description))
            continue;
        try {
            // Written anew, so that a setting which older versions did not have stands in it.
            const RunSummary*& kept = known[key_of(run_config_from_json(run.description.configuration))];
            if (!kept || kept->state != RunState::finished || run.state == RunState::finished)
                kept = &run;
        } catch (const InputError&) { // of a newer version: it is none that is wanted
        }
    }
    std::vector<std::optional<RunSummary>> made;
    for (const RunConfig& config : wanted) {
        const auto found = known.find(key_of(config));
        made.push_back(found == known.end() ? std::nullopt : std::optional(*found->second));
    }
    return made;
}

bool is_settled(const RunSummary& run)
{
    return run.state == RunState::finished
        || (run.state == RunState::failed && says_diverged(run.message));
}

} // namespace circuitloom
