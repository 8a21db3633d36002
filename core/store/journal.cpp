#include "core/store/journal.h"

#include "core/store/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <thread>

#include <sys/vfs.h>

namespace circuitloom {

namespace {

// As linux/magic.h and the file systems' own headers have them.
constexpr std::array<unsigned long, 14> network_types{
    0x6969, // NFS
    0x517B, 0xFE534D42, 0xFF534D42, // SMB, SMB 2 and CIFS
    0x01021997, // 9P
    0x65735546, // FUSE, sshfs among them
    0x00C36400, // Ceph
    0x0BD00BD0, // Lustre
    0x47504653, // GPFS
    0x5346414F, 0x6B414653, // AFS
    0x73757245, // Coda
    0x564C, // NCP
    0x19830326, // BeeGFS
};

std::filesystem::path folder_of(const std::filesystem::path& file)
{
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::weakly_canonical(file, error);
    return error || !whole.has_parent_path() ? std::filesystem::path(".") : whole.parent_path();
}

} // namespace

bool is_network_file_system(unsigned long type)
{
    return std::ranges::find(network_types, type) != network_types.end();
}

Journal journal_for(const std::filesystem::path& file)
{
    const char* chosen = std::getenv("CIRCUITLOOM_JOURNAL");
    if (chosen && std::string_view(chosen) == "rollback")
        return Journal::rollback;
    if (chosen && std::string_view(chosen) == "ahead")
        return Journal::ahead;
    struct statfs system = {};
    constexpr unsigned long low = 0xFFFFFFFF; // the type is a signed number on some machines
    if (::statfs(folder_of(file).c_str(), &system) != 0)
        return Journal::ahead;
    return is_network_file_system(static_cast<unsigned long>(system.f_type) & low)
        ? Journal::rollback
        : Journal::ahead;
}

// SQLite does not wait for others where a file is to have another journal than it had.
void set_journal(SQLite::Database& database, const std::filesystem::path& file)
{
    using namespace std::chrono_literals;
    const bool ahead = journal_for(file) == Journal::ahead;
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(writer_waits_ms);
    while (true)
        try {
            database.exec(ahead ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = DELETE");
            // In WAL mode with synchronous = NORMAL a commit reaches the operating system before it
            // returns, so it survives the end of this process by whatever signal. A power failure may
            // take the last commits, but never damages the file; a disk flush at every training step
            // would cost more than those commits are worth. With a rollback journal only flushes keep
            // the file whole.
            database.exec(ahead ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL");
            return;
        } catch (const SQLite::Exception& cause) {
            if (cause.getErrorCode() != SQLITE_BUSY || std::chrono::steady_clock::now() > end)
                throw;
            std::this_thread::sleep_for(10ms);
        }
}

std::string journal_notice(const std::filesystem::path& file)
{
    if (journal_for(file) == Journal::ahead)
        return {};
    return file.filename().string()
        + " lies on a network file system, where a write-ahead log is not safe: it is written with a "
          "rollback journal, so each step waits for the disk and for whoever reads";
}

} // namespace circuitloom
