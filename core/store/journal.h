#pragma once

#include <filesystem>
#include <string>

namespace SQLite {
class Database;
}

namespace circuitloom {

/// How SQLite keeps a file whole while it is written to.
enum class Journal
{
    ahead, ///< a write-ahead log: readers and the writer never wait. Needs memory that processes share
    rollback ///< what is overwritten is kept until the commit; a commit waits for readers
};

/// Whether files on a file system of this type (statfs(2)) lie on another machine, or in another
/// program, so that the memory beside a write-ahead log is not shared by all who use the file.
bool is_network_file_system(unsigned long type);

/// What `file`, which need not be there yet, is to be written with: by the file system it lies on,
/// or by CIRCUITLOOM_JOURNAL (ahead, rollback) where that is set.
Journal journal_for(const std::filesystem::path& file);

/// Has the open database use it; waits a while for others who have it open. Throws
/// SQLite::Exception. Internal to core/store.
void set_journal(SQLite::Database& database, const std::filesystem::path& file);

/// What to tell the user before `file` is written to; empty where it has a write-ahead log.
std::string journal_notice(const std::filesystem::path& file);

} // namespace circuitloom
