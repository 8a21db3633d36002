#include "core/remote/child_process.h"

#include "core/base/error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace circuitloom {

namespace {

constexpr std::size_t longest_complaint = 4096; // bytes

/// Both ends of a pipe, closed at the end unless they were taken.
class Pipe
{
public:
    Pipe()
    {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
            throw ResourceError(
                std::string("There is no pipe to another program: ") + std::strerror(errno) + ".");
    }
    ~Pipe()
    {
        for (const int end : ends_)
            if (end >= 0)
                ::close(end);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int end(std::size_t which) const { return ends_[which]; }
    int take(std::size_t which) { return std::exchange(ends_[which], -1); }

private:
    std::array<int, 2> ends_{ -1, -1 };
};

int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& words)
{
    Pipe in;
    Pipe out;
    Pipe err;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.end(0), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.end(1), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.end(1), STDERR_FILENO);
    ::posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    ::posix_spawnattr_setsigmask(&attributes, &usual);
    sigaddset(&usual, SIGPIPE); // which this program may ignore
    ::posix_spawnattr_setsigdefault(&attributes, &usual);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> own = words;
    std::vector<char*> pointers;
    for (std::string& word : own)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const int failed = ::posix_spawnp(
        &process_, pointers[0], &actions, &attributes, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        throw ResourceError(
            "The program " + words.at(0) + " cannot be started: " + std::strerror(failed) + ".");
    input_ = in.take(1);
    output_ = out.take(0);
    errors_ = err.take(0);
    for (const int descriptor : { output_, errors_ })
        ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

ChildProcess::~ChildProcess()
{
    close_input();
    if (!code_) {
        ::kill(process_, SIGTERM);
        wait();
    }
    ::close(output_);
    ::close(errors_);
}

bool ChildProcess::write(std::string_view bytes)
{
    return input_ >= 0 && write_all(input_, bytes);
}

void ChildProcess::close_input()
{
    if (input_ >= 0)
        ::close(std::exchange(input_, -1));
}

bool ChildProcess::has_ended()
{
    int status = 0;
    if (!code_ && ::waitpid(process_, &status, WNOHANG) == process_)
        code_ = exit_code(status);
    return code_.has_value();
}

void ChildProcess::kill()
{
    if (!has_ended())
        ::kill(process_, SIGKILL);
}

int ChildProcess::wait()
{
    if (!code_) {
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) { }
        code_ = exit_code(status);
    }
    return *code_;
}

std::optional<std::string> read_some(int descriptor)
{
    std::string bytes(1 << 16, '\0');
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    if (got > 0) {
        bytes.resize(static_cast<std::size_t>(got));
        return bytes;
    }
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return std::string();
    return std::nullopt;
}

void add_complaint(std::string& complaint, std::string_view more)
{
    complaint += more;
    if (complaint.size() > longest_complaint)
        complaint.erase(0, complaint.size() - longest_complaint);
}

QuietPipes::QuietPipes()
{
    sigset_t pipe;
    sigset_t before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before);
    was_blocked_ = sigismember(&before, SIGPIPE) == 1;
}

QuietPipes::~QuietPipes()
{
    if (was_blocked_)
        return;
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    const timespec at_once{};
    while (::sigtimedwait(&pipe, nullptr, &at_once) > 0) { } // one that waits would come now
    ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
}

bool write_all(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace circuitloom
