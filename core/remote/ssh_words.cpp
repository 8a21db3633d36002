#include "core/remote/ssh_words.h"

#include "core/run/tune_command.h"

#include <cstdlib>

namespace circuitloom {

std::string ConnectionOptions::default_ssh()
{
    const char* other = std::getenv("CIRCUITLOOM_SSH");
    return other && *other ? other : "ssh";
}

std::vector<std::string> ssh_words(const ConnectionOptions& options)
{
    std::vector<std::string> words{ options.ssh, "-T" };
    if (options.address.port > 0) {
        words.emplace_back("-p");
        words.push_back(std::to_string(options.address.port));
    }
    words.push_back(options.address.host);
    const std::string& path = options.address.path;
    words.push_back(options.program + " stream "
        + shell_word(path.starts_with('-') ? "./" + path : path));
    return words;
}

} // namespace circuitloom
