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
    if (!suites_match)
        return "circuitloom-cli tune run.toml -o run.loom";
    const std::string next_line = " \\\n  ";
    std::string command = "circuitloom-cli tune --preset " + shell_word(nearest);
    for (const std::string& setting : fewest)
        command += next_line + "--set " + shell_word(setting);
    if (config.capabilities.empty() && !preset(nearest).capabilities.empty())
        command += next_line + "--no-capabilities";
    return command + next_line + "-o run.loom";
}

} // namespace circuitloom
