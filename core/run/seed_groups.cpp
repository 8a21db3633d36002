#include "core/run/seed_groups.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

struct Kind
{
    std::optional<RunConfig> config; ///< empty: of a run that is like no other
    std::string_view model_fingerprint;
};

} // namespace

RunConfig without_seed(RunConfig config)
{
    const RunConfig any;
    config.seed = any.seed;
    config.name = any.name;
    config.description = any.description;
    return config;
}

std::vector<std::vector<std::size_t>> same_but_for_seed(std::span<const RepeatedRun> runs)
{
    std::vector<Kind> kinds;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Kind kind{ {}, runs[i].model_fingerprint };
        if (runs[i].config)
            kind.config = without_seed(*runs[i].config);
        const auto found = std::ranges::find_if(kinds, [&](const Kind& other) {
            return kind.config && other.config == kind.config
                && other.model_fingerprint == kind.model_fingerprint;
        });
        if (found == kinds.end()) {
            kinds.push_back(std::move(kind));
            groups.push_back({ i });
        } else {
            groups[static_cast<std::size_t>(found - kinds.begin())].push_back(i);
        }
    }
    return groups;
}

} // namespace circuitloom
