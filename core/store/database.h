#pragma once

#include "core/store/work_budget.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

namespace circuitloom {

class LogCleanup;

/// How long a writer waits while another one is at work in the same file.
inline constexpr int writer_waits_ms = 10000;

/// Which file lies under a name; empty for none.
struct FileIdentity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FileIdentity&) const = default;
};

/// An open .loom file whose identity and schema were checked. Internal to core/store.
///
/// Files are untrusted: triggers and views in them never run here, no value is longer than 16 MB,
/// and a query that takes more work than the file's size can justify ends in an error.
class LoomDatabase
{
public:
    /// Throws InputError where the file is missing, is no .loom file, or is of a newer schema.
    static LoomDatabase open_for_reading(const std::filesystem::path& file);
    /// Creates the file where there is none, and brings an older schema up to date.
    /// The older file stays beside it; see upgrade.h.
    /// Throws InputError where the file is something else, ResourceError where the disk refuses.
    static LoomDatabase open_for_writing(const std::filesystem::path& file);

    /// Throws what open_for_writing() would of a file that is there, and leaves it as it is.
    static void check_for_writing(const std::filesystem::path& file);

    LoomDatabase(LoomDatabase&&);
    ~LoomDatabase();
    LoomDatabase& operator=(LoomDatabase&&) = delete;

    SQLite::Database& sqlite() { return sqlite_; }
    const std::filesystem::path& file() const { return file_; }

    /// Throws ResourceError where the file is damaged; large files are left to the checks of what is
    /// read.
    void require_sound();

    /// Before each call on a reading connection: its work is bounded by the file's present size.
    void begin_call();
    /// False once another file, or none, lies where this one was opened: what is written to it
    /// would be gone with this connection.
    bool is_in_place() const;
    /// Removes this file's write-ahead log from where another file lies now: SQLite would take it
    /// for that one's. This connection keeps it. For a connection that writes.
    void withdraw_log();
    /// Throws ResourceError where this call takes more memory than the file can justify.
    void charge(std::size_t bytes);

private:
    LoomDatabase(const std::filesystem::path& file, const std::string& name, int flags,
        int lock_wait_ms, std::unique_ptr<LogCleanup> cleanup = nullptr);

    std::filesystem::path file_;
    std::unique_ptr<LogCleanup> cleanup_; // before the connection, so that it comes after its end
    SQLite::Database sqlite_;
    FileIdentity identity_;
    FileIdentity log_identity_; ///< of the write-ahead log
    std::unique_ptr<WorkBudget> budget_;
};

/// Rethrows what SQLite threw while it was `doing` something as a ResourceError on `file`.
[[noreturn]] void rethrow_as_resource_error(
    const SQLite::Exception& cause, const std::filesystem::path& file, const std::string& doing);

/// Runs `action` with SQLite's exceptions translated.
template <class Action>
decltype(auto) translating(
    const std::filesystem::path& file, const std::string& doing, Action&& action)
{
    try {
        return std::forward<Action>(action)();
    } catch (const SQLite::Exception& cause) {
        rethrow_as_resource_error(cause, file, doing);
    }
}

} // namespace circuitloom
