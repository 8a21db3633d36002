#include "core/run/detached_program.h"

#include "core/base/error.h"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace circuitloom {

namespace {

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(const char* folder, const char* log, const std::vector<char*>& words)
{
    ::setsid();
    ::signal(SIGHUP, SIG_IGN);
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t usual;
    sigemptyset(&usual);
    ::sigprocmask(SIG_SETMASK, &usual, nullptr);
    const int nothing = ::open("/dev/null", O_RDONLY);
    const int output = ::open(log, O_CREAT | O_WRONLY | O_APPEND, 0666);
    if (nothing < 0 || output < 0 || ::dup2(nothing, 0) < 0 || ::dup2(output, 1) < 0
        || ::dup2(output, 2) < 0 || ::chdir(folder) != 0)
        ::_exit(126);
    ::execv(words[0], words.data());
    ::_exit(127);
}

} // namespace

DetachedProgram::DetachedProgram(std::vector<std::string> words,
    const std::filesystem::path& folder, const std::filesystem::path& log)
{
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    process_ = ::fork();
    if (process_ == 0)
        become(folder.c_str(), log.c_str(), pointers);
    if (process_ < 0)
        throw ResourceError(
            std::string("No process can be started: ") + std::strerror(errno) + ".");
}

std::optional<int> DetachedProgram::end()
{
    int status = 0;
    if (ended_ || ::waitpid(process_, &status, WNOHANG) != process_)
        return std::nullopt;
    ended_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace circuitloom
