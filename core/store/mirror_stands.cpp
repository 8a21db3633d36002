#include "core/store/mirror_stands.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/store/run_rows.h"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::string_view have_prefix = "have:";
constexpr std::size_t longest_key = 100;
constexpr std::size_t longest_stand = 4096;

} // namespace

MirrorStands::MirrorStands(SQLite::Database& database)
    : database_(database)
    , kinds_{ { { "run:", { database, "SELECT 1 FROM run WHERE run_id = ?" } },
          { "graph:", { database, "SELECT 1 FROM graph WHERE graph_id = ?" } },
          { "checkpoint:", { database, "SELECT 1 FROM checkpoint WHERE checkpoint_id = ?" } } } }
    , set_value_(database,
          "INSERT INTO mirror (key, value) VALUES (?, ?) "
          "ON CONFLICT (key) DO UPDATE SET value = excluded.value")
    , remove_value_(database, "DELETE FROM mirror WHERE key = ?")
{
}

MirrorStands::Kind* MirrorStands::kind_of(const std::string& key)
{
    const auto kind = std::ranges::find_if(
        kinds_, [&key](const Kind& one) { return key.starts_with(one.prefix); });
    return kind == kinds_.end() ? nullptr : &*kind;
}

bool MirrorStands::has_row(const std::string& key)
{
    Kind* kind = kind_of(key);
    if (!kind)
        return false;
    kind->row.reset();
    kind->row.bind(1, key.substr(kind->prefix.size()));
    const bool found = kind->row.executeStep();
    kind->row.reset();
    return found;
}

Json MirrorStands::read()
{
    Json have = Json::object();
    keys_.clear();
    version_.reset();
    SQLite::Statement query(database_, "SELECT key, value FROM mirror WHERE key LIKE 'have:%'");
    while (query.executeStep()) {
        const std::string key = query.getColumn(0).getString().substr(have_prefix.size());
        Json value = Json::parse(query.getColumn(1).getString(), nullptr, false);
        if (value.is_discarded())
            continue;
        if (kind_of(key)) {
            if (!has_row(key))
                continue;
            keys_.insert(key);
        }
        have[key] = std::move(value);
    }
    return have;
}

void MirrorStands::apply(const Json& have, const std::string& name)
{
    if (!have.is_object())
        throw InputError(name + ": have must be an object.");
    for (const auto& [key, stand] : have.items()) {
        if (key.empty() || key.size() > longest_key)
            throw InputError(name + ": have has a key of " + std::to_string(key.size())
                + " bytes; it may have up to " + std::to_string(longest_key) + ".");
        const std::string stored = std::string(have_prefix) + key;
        if (stand.is_null()) {
            execute(remove_value_, stored);
            keys_.erase(key);
            continue;
        }
        const std::string text = stand.dump(-1, ' ', false, Json::error_handler_t::replace);
        if (text.size() > longest_stand)
            throw InputError(name + ": have: " + for_message(key, longest_key) + " is longer than "
                + std::to_string(longest_stand) + " bytes.");
        execute(set_value_, stored, text);
        if (has_row(key)) // untrusted: what never came was not deleted
            keys_.insert(key);
    }
}

bool MirrorStands::lost_rows()
{
    const std::int64_t version = database_.execAndGet("PRAGMA data_version").getInt64();
    if (version_ == version)
        return false;
    if (!std::ranges::all_of(keys_, [this](const std::string& key) { return has_row(key); }))
        return true;
    version_ = version;
    return false;
}

} // namespace circuitloom
