#pragma once

#include <filesystem>

namespace circuitloom {

/// The write-ahead log of an experiment's file and the memory that its users share, whether or not
/// they are there. SQLite keeps them beside what a link leads to.
std::filesystem::path log_of(const std::filesystem::path& file);
std::filesystem::path shared_memory_of(const std::filesystem::path& file);

/// Takes away, as its own last act, the empty log and the shared memory that a reading connection
/// made: SQLite lets only one that may write do so, and those of another user would keep the owner
/// from writing. To be made before the connection, and to end after it. May be used on any thread.
class LogCleanup
{
public:
    explicit LogCleanup(std::filesystem::path file);
    ~LogCleanup();
    LogCleanup(const LogCleanup&) = delete;
    LogCleanup& operator=(const LogCleanup&) = delete;

private:
    const std::filesystem::path file_;
    const std::filesystem::path log_; ///< where they lay at first, whatever becomes of the links there
    const std::filesystem::path memory_;
    const bool may_write_; ///< then SQLite itself takes them away
};

/// What lies beside a file that this user may write to and keeps it from that, because it is another
/// user's; empty where there is none.
std::filesystem::path foreign_companion(const std::filesystem::path& file);

} // namespace circuitloom
