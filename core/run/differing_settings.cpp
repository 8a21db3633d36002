#include "core/run/differing_settings.h"

#include "core/run/run_options.h"
#include "core/run/seed_groups.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace circuitloom {

namespace {

/// By their names; by what they are read from where the names say no difference.
std::string text_of(const std::vector<SuiteReference>& capabilities, std::string SuiteReference::*by)
{
    std::string text;
    for (const SuiteReference& suite : capabilities)
        text += (text.empty() ? "" : ", ") + suite.*by;
    return text;
}

bool differ(std::span<const RunConfig> configs, std::string SuiteReference::*by)
{
    return std::ranges::any_of(configs, [&](const RunConfig& config) {
        return text_of(config.capabilities, by) != text_of(configs.front().capabilities, by);
    });
}

void add_capabilities(DifferingSettings& found, std::span<const RunConfig> configs)
{
    const bool names = differ(configs, &SuiteReference::name);
    if (!names && !differ(configs, &SuiteReference::source))
        return;
    found.names.push_back("capabilities");
    for (std::size_t run = 0; run < configs.size(); ++run)
        found.values[run].push_back(text_of(configs[run].capabilities,
            names ? &SuiteReference::name : &SuiteReference::source));
}

} // namespace

DifferingSettings differing_settings(std::span<const RunConfig> configs)
{
    std::vector<RunConfig> copies;
    std::ranges::transform(configs, std::back_inserter(copies), without_seed);
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
        if (!differs)
            continue;
        found.names.push_back(options.front()[i].name());
        for (std::size_t run = 0; run < options.size(); ++run)
            found.values[run].push_back(options[run][i].text());
    }
    add_capabilities(found, configs);
    return found;
}

} // namespace circuitloom
