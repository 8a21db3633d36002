#include "core/store/log_cleanup.h"

#include "core/base/file_presence.h"
#include "core/store/sqlite_name.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

/// The byte of the shared memory that each of its users keeps a lock on (SQLite's UNIX_SHM_DMS).
constexpr off_t user_byte = 128;

/// What the connections of this process to one file that it may not write to have made.
struct Made
{
    int connections = 0;
    bool log = false;
    bool memory = false;
};

std::mutex guard;
std::map<std::filesystem::path, Made>& made_by_this_process()
{
    static std::map<std::filesystem::path, Made> made;
    return made;
}

std::filesystem::path beside(const std::filesystem::path& file, const char* ending)
{
    std::error_code error;
    const std::filesystem::path target = std::filesystem::canonical(file, error);
    return (error ? file : target).string() + ending;
}

bool is_own(const std::filesystem::path& path, bool empty)
{
    struct stat status
    {
    };
    return ::lstat(path.c_str(), &status) == 0 && status.st_uid == ::geteuid()
        && S_ISREG(status.st_mode) && (!empty || status.st_size == 0);
}

// No connection of this process may be open: to close a file gives up all its locks there.
void remove_own(
    const std::filesystem::path& log, const std::filesystem::path& memory, const Made& made)
{
    const int descriptor = ::open(memory.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return;
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = user_byte;
    lock.l_len = 1;
    if (::fcntl(descriptor, F_SETLK, &lock) == 0) { // nobody else uses it
        std::error_code ignored;
        if (made.log && is_own(log, true))
            std::filesystem::remove(log, ignored);
        if (made.memory && is_own(memory, false))
            std::filesystem::remove(memory, ignored);
    }
    ::close(descriptor);
}

} // namespace

std::filesystem::path log_of(const std::filesystem::path& file)
{
    return beside(file, "-wal");
}

std::filesystem::path shared_memory_of(const std::filesystem::path& file)
{
    return beside(file, "-shm");
}

LogCleanup::LogCleanup(std::filesystem::path file)
    : file_(std::move(file))
    , log_(log_of(file_))
    , memory_(shared_memory_of(file_))
    , may_write_(::access(file_.c_str(), W_OK) == 0)
{
    if (may_write_)
        return;
    const std::lock_guard<std::mutex> lock(guard);
    Made& made = made_by_this_process()[log_];
    if (made.connections++ == 0) {
        made.log = !is_there(log_);
        made.memory = !is_there(memory_);
    }
}

LogCleanup::~LogCleanup()
{
    if (!may_write_) {
        const std::lock_guard<std::mutex> lock(guard);
        const auto found = made_by_this_process().find(log_);
        if (found == made_by_this_process().end() || --found->second.connections > 0)
            return;
        remove_own(log_, memory_, found->second);
        made_by_this_process().erase(found);
        return;
    }
    std::error_code error;
    if (std::filesystem::file_size(log_, error) != 0 || error)
        return;
    try {
        // The last connection to close cleans up; where others are open, nothing happens.
        SQLite::Database last(sqlite_name(file_), SQLite::OPEN_READWRITE);
        last.execAndGet("SELECT count(*) FROM sqlite_schema");
    } catch (const SQLite::Exception&) { // then the two files stay, as they did
    }
}

std::filesystem::path foreign_companion(const std::filesystem::path& file)
{
    if (::access(file.c_str(), W_OK) == 0)
        for (const std::filesystem::path& path : { log_of(file), shared_memory_of(file) })
            if (is_there(path) && ::access(path.c_str(), W_OK) != 0)
                return path;
    return {};
}

} // namespace circuitloom
