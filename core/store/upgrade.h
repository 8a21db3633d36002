#pragma once

#include <filesystem>
#include <string>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// Brings a blank or older database up to schema_version(), within one transaction. A copy of an
/// older file stays beside it, as in run.v2-backup.loom. Throws InputError where a living program
/// writes a run to the older file.
void bring_up_to_date(SQLite::Database& database, const std::filesystem::path& file);

/// What to tell the user before `file` is opened for writing; empty unless it is an older one.
std::string upgrade_notice(const std::filesystem::path& file);

} // namespace circuitloom
