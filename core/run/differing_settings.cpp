#include "core/run/differing_settings.h"

#include "core/run/run_options.h"

#include <algorithm>
#include <cstddef>

namespace circuitloom {

namespace {

bool tells_runs_apart_only(const RunOption& option)
{
    return option.section.empty()
        && (option.key == "name" || option.key == "description" || option.key == "seed");
}

} // namespace

DifferingSettings differing_settings(std::span<const RunConfig> configs)
{
    std::vector<RunConfig> copies(configs.begin(), configs.end());
    std::vector<std::vector<RunOption>> options;
    for (RunConfig& config : copies)
        options.push_back(options_of(config));
    DifferingSettings found;
    found.values.resize(options.size());
    if (options.empty())
        return found;
    for (std::size_t i = 0; i < options.front().size(); ++i) {
        const std::string first = options.front()[i].text();
        const bool differs = std::ranges::any_of(
            options, [&](const std::vector<RunOption>& of) { return of[i].text() != first; });
        if (!differs || tells_runs_apart_only(options.front()[i]))
            continue;
        found.names.push_back(options.front()[i].name());
        for (std::size_t run = 0; run < options.size(); ++run)
            found.values[run].push_back(options[run][i].text());
    }
    return found;
}

} // namespace circuitloom
