#include "core/run/process_folder.h"

#include "core/base/error.h"

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr std::string_view prefix
    = "circuitloom-run-"; ///< then the process, and what mkdtemp() adds
constexpr std::chrono::hours time_to_read{ 1 };

/// The process that made the folder of this name; nothing where it is not one of these.
std::optional<pid_t> maker_of(const std::string& name)
{
    if (!std::string_view(name).starts_with(prefix))
        return std::nullopt;
    pid_t process = 0;
    const char* const end = name.data() + name.size();
    const auto [rest, error] = std::from_chars(name.data() + prefix.size(), end, process);
    if (error != std::errc() || rest == end || *rest != '-' || process <= 0)
        return std::nullopt;
    return process;
}

bool is_running(pid_t process)
{
    return ::kill(process, 0) == 0 || errno == EPERM;
}

/// A folder itself, no link to one, of this user.
bool is_own(const std::filesystem::path& path)
{
    struct stat status
    {
    };
    return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == ::geteuid();
}

// What cannot be looked at or removed stays.
void remove_left_folders(const std::filesystem::path& among)
{
    std::error_code error;
    const auto now = std::filesystem::file_time_type::clock::now();
    std::filesystem::directory_iterator place(among, error);
    for (; !error && place != std::filesystem::directory_iterator(); place.increment(error)) {
        const std::filesystem::path path = place->path();
        const std::optional<pid_t> maker = maker_of(path.filename().string());
        if (!maker || is_running(*maker) || !is_own(path))
            continue;
        std::error_code ignored;
        const auto changed = std::filesystem::last_write_time(path, ignored);
        if (!ignored && now - changed > time_to_read)
            std::filesystem::remove_all(path, ignored);
    }
}

} // namespace

ProcessFolder::ProcessFolder()
{
    const std::filesystem::path among = std::filesystem::temp_directory_path();
    remove_left_folders(among);
    std::string name
        = (among / (std::string(prefix) + std::to_string(::getpid()) + "-XXXXXX")).string();
    if (!::mkdtemp(name.data()))
        throw ResourceError(
            "No folder can be made in " + among.string() + ": " + std::strerror(errno) + ".");
    path_ = name;
}

ProcessFolder::~ProcessFolder()
{
    std::error_code ignored;
    if (!kept_)
        std::filesystem::remove_all(path_, ignored);
}

} // namespace circuitloom
