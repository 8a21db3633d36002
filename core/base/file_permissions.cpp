#include "core/base/file_permissions.h"

#include <fstream>
#include <string>

#include <sys/stat.h>

namespace circuitloom {

namespace {

// umask() tells only while it sets, and files that other threads make in between would be for all.
mode_t user_mask()
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (mode_t mask = 0; word == "Umask:" && status >> std::oct >> mask)
            return mask;
    return 022;
}

} // namespace

mode_t permissions_for(const std::filesystem::path& target)
{
    struct stat found = {};
    if (::stat(target.c_str(), &found) == 0 && S_ISREG(found.st_mode))
        return found.st_mode & 0777;
    return 0666 & ~user_mask();
}

} // namespace circuitloom
