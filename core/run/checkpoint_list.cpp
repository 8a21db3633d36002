#include "core/run/checkpoint_list.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/text_file.h"
#include "core/run/shallow_toml.h"

#include <toml++/toml.h>

#include <limits>
#include <string>

namespace circuitloom {

namespace {

constexpr std::size_t largest_file = 1 << 20;

std::int64_t whole(const toml::table& entry, const char* key, std::int64_t most,
    const std::string& where)
{
    const auto value = entry[key].value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > most)
        throw InputError(
            where + ": " + key + " must be a whole number from 0 to " + std::to_string(most) + ".");
    return *value;
}

SeriesCheckpoint checkpoint_of(
    const toml::table& entry, const std::filesystem::path& folder, const std::string& where)
{
    const auto path = entry["path"].value_exact<std::string>();
    if (!path || path->empty())
        throw InputError(where + ": path must be the folder of a model.");
    SeriesCheckpoint one{ *path, folder / *path,
        static_cast<int>(whole(entry, "step", std::numeric_limits<int>::max(), where)) };
    if (entry.contains("tokens"))
        one.tokens = whole(entry, "tokens", std::numeric_limits<std::int64_t>::max(), where);
    for (const auto& [key, value] : entry)
        if (key != "path" && key != "step" && key != "tokens")
            throw InputError(where + ": there is no key " + for_message(key.str())
                + "; a checkpoint has path, step and tokens.");
    return one;
}

} // namespace

std::vector<SeriesCheckpoint> read_checkpoint_list(const std::filesystem::path& file)
{
    const std::string text = read_text_file(file, largest_file);
    require_shallow(text, file.string());
    toml::table parsed;
    try {
        parsed = toml::parse(text, file.string());
    } catch (const toml::parse_error& error) {
        throw InputError(file.string() + ", line " + std::to_string(error.source().begin.line)
            + ": " + for_message(error.description()) + ".");
    }
    const toml::array* entries = parsed["checkpoint"].as_array();
    if (!entries || entries->empty())
        throw InputError(file.string()
            + " has no [[checkpoint]]; each is one model of the series, with path, step and perhaps "
              "tokens.");
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    std::vector<SeriesCheckpoint> found;
    for (const toml::node& node : *entries) {
        const std::string where
            = file.string() + ": checkpoint " + std::to_string(found.size() + 1);
        const toml::table* entry = node.as_table();
        if (!entry)
            throw InputError(where + " must be a table with path and step.");
        found.push_back(checkpoint_of(*entry, folder, where));
    }
    return found;
}

} // namespace circuitloom
