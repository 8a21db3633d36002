#pragma once

#include <cstdint>
#include <filesystem>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// "LOOM" in ASCII, in the database header (PRAGMA application_id), where file(1) finds it too.
inline constexpr std::int32_t loom_application_id = 0x4C4F4F4D;
/// What this version writes (PRAGMA user_version).
int schema_version();

/// Of a .loom file, which is opened for reading. Throws InputError where it cannot be, or as
/// check_identity() does.
int schema_version_of(const std::filesystem::path& file);

/// True where nothing was ever put into the database: it may become a .loom file.
bool is_blank(SQLite::Database& database);
/// Throws InputError where `database` is no .loom file or newer than schema_version(). Returns its
/// version.
int check_identity(SQLite::Database& database, const std::filesystem::path& file);
/// Runs the migrations from `version` on (0: blank). Belongs into a transaction with foreign keys
/// off: dropping a table to write it anew would empty those that refer to it.
void migrate(SQLite::Database& database, int version);
/// Throws InputError unless every table, index and view is exactly as the migrations make it in the
/// file's version, so that no crafted file puts a view or a virtual table in the place of a table.
void check_schema(SQLite::Database& database, const std::filesystem::path& file);

} // namespace circuitloom
