#include "core/remote/run_start.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/utf8.h"
#include "core/run/run_config.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr int most_names = 10000;
constexpr std::streamoff longest_tail = 4096;

/// A new file beside `file`, as in run-3.toml. Gives its descriptor.
int make_beside(const std::filesystem::path& file, std::filesystem::path& name)
{
    for (int number = 1; number <= most_names; ++number) {
        name = file.parent_path() / file.stem();
        name += "-" + std::to_string(number) + ".toml";
        const int descriptor = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            return descriptor;
    }
    return -1;
}

void write_configuration(
    const std::filesystem::path& file, const std::string& text, std::filesystem::path& name)
{
    const int descriptor = make_beside(file, name);
    const bool written = descriptor >= 0
        && ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        throw ResourceError(
            name.string() + " cannot be written: " + std::strerror(why) + ".");
}

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(
    const char* folder, const char* log, const std::vector<char*>& words)
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

std::string last_line_of(const std::filesystem::path& log)
{
    std::ifstream text(log, std::ios::binary | std::ios::ate);
    const std::streamoff size = text.tellg();
    text.seekg(std::max<std::streamoff>(0, size - longest_tail));
    std::string last;
    for (std::string line; std::getline(text, line);)
        if (!line.empty())
            last = line;
    return last;
}

} // namespace

StartedRun::StartedRun(const std::filesystem::path& program, const std::filesystem::path& file,
    const std::string& configuration)
{
    parse_run_config(configuration, "The configuration");
    const std::filesystem::path whole = std::filesystem::absolute(file);
    write_configuration(whole, configuration, configuration_);
    log_ = configuration_;
    log_.replace_extension(".log");
    std::array<std::string, 5> words{ program.string(), "tune", configuration_.string(), "-o",
        whole.string() };
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const std::string folder = whole.parent_path().string();
    process_ = ::fork();
    if (process_ == 0)
        become(folder.c_str(), log_.c_str(), pointers);
    if (process_ < 0)
        throw ResourceError(
            std::string("No process can be started: ") + std::strerror(errno) + ".");
}

std::optional<RunEnd> StartedRun::end()
{
    int status = 0;
    if (ended_ || ::waitpid(process_, &status, WNOHANG) != process_)
        return std::nullopt;
    ended_ = true;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == 0 || code == stopped_by_user)
        return RunEnd{ true, code == 0 ? "The run that was started is finished."
                                       : "The run that was started was stopped." };
    const std::string last = last_line_of(log_);
    return RunEnd{ false, "The run that was started ended: "
        + (last.empty() ? "its process left without a word." : for_message(last, 1000)) };
}

} // namespace circuitloom
