#include "core/store/unfinished_file.h"

#include "core/base/error.h"
#include "core/base/file_permissions.h"
#include "core/formats/temporary_name.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr std::string_view ending = ".part";
constexpr std::size_t random_letters = random_part.size() - 1;
constexpr std::size_t longest_suffix = std::string_view("-journal").size(); ///< that SQLite adds
constexpr std::time_t just_now = 5; ///< seconds

void remove_with_logs(const std::string& name)
{
    std::error_code ignored;
    for (const char* suffix : { "", "-wal", "-shm", "-journal" })
        std::filesystem::remove(name + suffix, ignored);
}

// SQLite keeps files of longer names beside a database.
void require_short_name(const std::filesystem::path& file)
{
    constexpr std::size_t most = NAME_MAX - longest_suffix;
    const std::size_t length = file.filename().native().size();
    if (length > most)
        throw InputError("The name " + file.filename().string() + " is too long for an experiment: it has "
            + std::to_string(length) + " bytes and may have " + std::to_string(most) + ".");
}

/// Whether `name` is one that mkstemps() gives here for `file`.
bool is_unfinished(std::string_view name, std::string_view file)
{
    if (name.size() != file.size() + 1 + random_letters + ending.size() || !name.starts_with(file)
        || name[file.size()] != '.' || !name.ends_with(ending))
        return false;
    return std::ranges::all_of(name.substr(file.size() + 1, random_letters),
        [](char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; });
}

// Only an own file that nobody holds: its maker's lock ended with its maker. One that was made just
// now may not be locked yet.
void remove_if_left(const std::string& name)
{
    const int descriptor = ::open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return;
    struct stat status
    {
    };
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
        && status.st_uid == ::geteuid() && std::time(nullptr) - status.st_mtime > just_now
        && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        remove_with_logs(name);
    ::close(descriptor);
}

void remove_what_was_left(const std::filesystem::path& file)
{
    std::error_code error;
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const std::string own
        = temporary_stem(file, random_part.size() + ending.size() + longest_suffix);
    std::filesystem::directory_iterator entries(folder, error);
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error))
        if (is_unfinished(entries->path().filename().string(), own))
            remove_if_left(entries->path().string());
}

} // namespace

UnfinishedFile::UnfinishedFile(const std::filesystem::path& file)
    : target_(file.string())
    , name_(temporary_pattern(file, ending, longest_suffix))
{
    require_short_name(file);
    remove_what_was_left(file);
    descriptor_ = ::mkostemps(name_.data(), static_cast<int>(ending.size()), O_CLOEXEC);
    if (descriptor_ < 0 && (errno == ENOENT || errno == ENOTDIR))
        throw ResourceError("There is no folder " + file.parent_path().string() + " for "
            + file.string() + ".");
    if (descriptor_ < 0)
        throw ResourceError(file.string() + " cannot be made: " + std::strerror(errno) + ".");
    ::flock(descriptor_, LOCK_EX | LOCK_NB);
}

UnfinishedFile::~UnfinishedFile()
{
    remove_with_logs(name_);
    ::close(descriptor_);
}

void UnfinishedFile::share() const
{
    ::fchmod(descriptor_, permissions_for(target_));
}

bool UnfinishedFile::take_name() const
{
    share();
    if (::link(name_.c_str(), target_.c_str()) == 0)
        return true;
    if (errno == EEXIST || ::access(target_.c_str(), F_OK) == 0)
        return false;
    // Some file systems know no links.
    if (::rename(name_.c_str(), target_.c_str()) != 0)
        throw ResourceError(target_ + " cannot be made: " + std::strerror(errno) + ".");
    return true;
}

} // namespace circuitloom
