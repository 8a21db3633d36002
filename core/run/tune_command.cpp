#include "core/run/tune_command.h"

#include <string_view>
#include <utility>
#include <vector>

namespace circuitloom {

std::string shell_word(std::string_view word)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789-_=./:,+@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(word);
    std::string quoted = "'";
    for (const char letter : word)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

std::string tune_command(const RunConfig& config)
{
    return tune_command(config, {}, 1);
}

std::string tune_command(
    const RunConfig& config, std::span<const SweepAxis> axes, int seeds, int processes)
{
    std::string nearest;
    std::vector<std::string> fewest;
    bool suites_match = false;
    for (const PresetInfo& one : presets()) {
        const RunConfig from = preset(one.name);
        std::vector<std::string> changes = changed_settings(from, config);
        // Of the capabilities only their absence can be said.
        const bool matches
            = config.capabilities.empty() || config.capabilities == from.capabilities;
        if (nearest.empty() || (matches && !suites_match)
            || (matches == suites_match && changes.size() < fewest.size())) {
            nearest = one.name;
            fewest = std::move(changes);
            suites_match = matches;
        }
    }
    const std::string next_line = " \\\n  ";
    std::string command = "circuitloom-cli tune ";
    if (!suites_match) {
        command += "run.toml";
    } else {
        command += "--preset " + shell_word(nearest);
        for (const std::string& setting : fewest)
            command += next_line + "--set " + shell_word(setting);
        if (config.capabilities.empty() && !preset(nearest).capabilities.empty())
            command += next_line + "--no-capabilities";
    }
    for (const SweepAxis& axis : axes)
        command += next_line + "--sweep " + shell_word(axis_text(axis));
    if (seeds > 1)
        command += next_line + "--seeds " + std::to_string(seeds);
    if (processes > 1)
        command += next_line + "--processes " + std::to_string(processes);
    if (!suites_match && axes.empty() && seeds <= 1 && processes <= 1)
        return command + " -o run.loom";
    return command + next_line + "-o run.loom";
}

} // namespace circuitloom
