#pragma once

#include <SQLiteCpp/Statement.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// What a mirror keeps of what was sent to it: keys, as in run:3, with values in the source's words.
/// Internal to core/store.
class MirrorStands
{
public:
    explicit MirrorStands(SQLite::Database& database);

    /// All of it, but for what was deleted from the mirror since: that comes again, as whole as any.
    nlohmann::json read();
    /// Takes the `have` of a commit. Throws InputError, which begins with `name`.
    void apply(const nlohmann::json& have, const std::string& name);
    /// Whether others have deleted rows of what read() and apply() had. What is sent then builds on
    /// rows that are gone.
    bool lost_rows();

private:
    struct Kind
    {
        std::string prefix; ///< of keys with a row, as in run:
        SQLite::Statement row;
    };

    /// Null where it is of nothing that has a row, as are bookmarks.
    Kind* kind_of(const std::string& key);
    bool has_row(const std::string& key);

    SQLite::Database& database_;
    std::array<Kind, 3> kinds_;
    SQLite::Statement set_value_;
    SQLite::Statement remove_value_;
    std::set<std::string> keys_; ///< of things with a row
    std::optional<std::int64_t> version_; ///< of the file, when all of them were there
};

} // namespace circuitloom
