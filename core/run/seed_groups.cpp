#include "core/run/seed_groups.h"

#include <algorithm>

namespace circuitloom {

namespace {

RunConfig without_seed(RunConfig config)
{
    config.seed = 0;
    config.name.clear();
    config.description.clear();
    return config;
}

} // namespace

std::vector<std::vector<std::size_t>> same_but_for_seed(std::span<const RunConfig> configs)
{
    std::vector<RunConfig> kinds;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < configs.size(); ++i) {
        RunConfig kind = without_seed(configs[i]);
        const auto found = std::ranges::find(kinds, kind);
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
