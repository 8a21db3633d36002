#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace circuitloom {

class LoomDatabase;

/// The table that a mirror has beside those of every .loom file: keys with their values. Of no other
/// file, so it is no part of the schema's version. Internal to core/store, but for mirror_origin().

inline constexpr const char* mirror_table_sql
    = "CREATE TABLE mirror (\n"
      "    key TEXT PRIMARY KEY, -- origin; writer; have:…: what the origin has sent, in its words\n"
      "    value TEXT NOT NULL\n"
      ") WITHOUT ROWID";

/// Whether `database` has it. A table of that name that is made otherwise does not count.
bool has_mirror_table(SQLite::Database& database);
/// Throws InputError where the file is a mirror: `what` is what must not be done to it, as in "A run
/// cannot begin in it".
void require_no_mirror(
    SQLite::Database& database, const std::filesystem::path& file, const std::string& what);

/// Makes `database` the mirror of `origin`, if it is none yet, and this process the one that brings it
/// up to date. Throws InputError where it is an experiment of its own, has something of another origin,
/// or another process is at it.
void hold_mirror(LoomDatabase& database, const std::string& origin);
/// This process does not bring it up to date any more.
void leave_mirror(LoomDatabase& database);

/// Where the runs of `file` are trained, as in ssh://host/path/run.loom; nothing where it mirrors no
/// other file. Throws InputError where it is no .loom file, ResourceError where it is damaged.
std::optional<std::string> mirror_origin(const std::filesystem::path& file);

} // namespace circuitloom
