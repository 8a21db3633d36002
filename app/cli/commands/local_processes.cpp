#include "app/cli/commands/local_processes.h"

#include "core/base/error.h"
#include "core/run/process_place.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <csignal>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds to_end{ 5 };
constexpr int failure = 1;
constexpr const char* loopback = "127.0.0.1";

std::string what_failed(const std::string& what)
{
    return what + ": " + std::strerror(errno) + ".";
}

// A port that nobody has at this moment.
int free_port()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, loopback, &address.sin_addr);
    socklen_t length = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    const bool found = socket >= 0 && ::bind(socket, plain, length) == 0
        && ::getsockname(socket, plain, &length) == 0;
    const std::string why = found ? "" : what_failed("The processes cannot meet on this machine");
    if (socket >= 0)
        ::close(socket);
    if (!found)
        throw ResourceError(why);
    return ntohs(address.sin_port);
}

// A name for the job that no other program of the machine can guess.
std::string secret_word()
{
    std::array<unsigned char, 16> bytes{};
    if (::getentropy(bytes.data(), bytes.size()) != 0)
        throw ResourceError(what_failed("The system gives no random numbers"));
    std::string word;
    for (const unsigned char byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        word += digits[byte / 16];
        word += digits[byte % 16];
    }
    return word;
}

std::vector<std::string> own_words()
{
    std::ifstream stream("/proc/self/cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(stream, word, '\0');)
        words.push_back(word);
    return words;
}

/// Words as execve() takes them.
class Words
{
public:
    explicit Words(std::vector<std::string> words)
        : words_(std::move(words))
    {
        for (std::string& word : words_)
            pointers_.push_back(word.data());
        pointers_.push_back(nullptr);
    }
    char* const* data() const { return pointers_.data(); }

private:
    std::vector<std::string> words_;
    std::vector<char*> pointers_;
};

/// Where the processes meet, and as whose.
struct Meeting
{
    int port = 0;
    std::string job;
};

std::vector<std::string> environment_of(int rank, int count, const Meeting& meeting)
{
    const std::array own{ "RANK=" + std::to_string(rank), "WORLD_SIZE=" + std::to_string(count),
        "LOCAL_RANK=" + std::to_string(rank), "LOCAL_WORLD_SIZE=" + std::to_string(count),
        std::string("MASTER_ADDR=") + loopback, "MASTER_PORT=" + std::to_string(meeting.port),
        job_variable + ("=" + meeting.job) };
    std::vector<std::string> all(own.begin(), own.end());
    bool has_threads = false;
    for (char** one = environ; *one; ++one) {
        const std::string_view variable = *one;
        const std::string_view name = variable.substr(0, variable.find('=') + 1);
        has_threads = has_threads || name == "OMP_NUM_THREADS=";
        if (std::ranges::none_of(
                own, [&](const std::string& mine) { return mine.starts_with(name); }))
            all.emplace_back(variable);
    }
    if (!has_threads)
        all.push_back("OMP_NUM_THREADS="
            + std::to_string(std::max(1U,
                std::thread::hardware_concurrency() / static_cast<unsigned>(count))));
    return all;
}

/// The signals that run_local_processes() waits for instead of being ended by them.
class HeldSignals
{
public:
    HeldSignals()
    {
        ::sigemptyset(&held_);
        for (const int signal : { SIGINT, SIGTERM, SIGHUP, SIGCHLD })
            ::sigaddset(&held_, signal);
        ::sigprocmask(SIG_BLOCK, &held_, &before_);
        // Whoever started this program may ignore it, and then nobody hears how a child ended.
        ::signal(SIGCHLD, SIG_DFL);
    }
    ~HeldSignals() { release(); }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    void release() const { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
    /// The next one that came; -1 where none did for a while.
    int next() const
    {
        const timespec while_waiting{ 0, 200'000'000 };
        return ::sigtimedwait(&held_, nullptr, &while_waiting);
    }

private:
    sigset_t held_{};
    sigset_t before_{};
};

class LocalProcesses
{
public:
    explicit LocalProcesses(std::chrono::seconds patience)
        : patience_(patience)
    {
    }
    ~LocalProcesses() { kill_rest(SIGKILL); }
    LocalProcesses(const LocalProcesses&) = delete;
    LocalProcesses& operator=(const LocalProcesses&) = delete;

    /// Where one cannot be started, those that were are killed with this object.
    void start(int count)
    {
        const Words words(own_words());
        const Meeting meeting{ free_port(), secret_word() };
        for (int rank = 0; rank < count; ++rank)
            start(words, Words(environment_of(rank, count, meeting)));
    }

    int wait()
    {
        while (reap()) {
            const int signal = signals_.next();
            if (signal > 0 && signal != SIGCHLD)
                kill_rest(SIGTERM);
            if (end_ && Clock::now() > *end_)
                kill_rest(SIGKILL);
        }
        return code_;
    }

private:
    void start(const Words& words, const Words& environment)
    {
        const pid_t parent = ::getpid();
        const pid_t child = ::fork();
        if (child < 0)
            throw ResourceError(what_failed("No further process can be started"));
        if (child > 0) {
            children_.push_back(child);
            return;
        }
        // A terminal's Ctrl-C comes to this program alone, which passes it on once.
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        signals_.release();
        if (::getppid() == parent)
            ::execve("/proc/self/exe", words.data(), environment.data());
        ::_exit(failure);
    }

    void kill_rest(int signal) const
    {
        for (const pid_t child : children_)
            if (child > 0)
                ::kill(child, signal);
    }

    // Whether any is left.
    bool reap()
    {
        bool any = false;
        for (std::size_t rank = 0; rank < children_.size(); ++rank) {
            int status = 0;
            const pid_t found
                = children_[rank] > 0 ? ::waitpid(children_[rank], &status, WNOHANG) : 0;
            if (found != 0) {
                children_[rank] = 0;
                // How it ended is not known where another one took the news.
                ended(rank, found > 0 ? status : W_EXITCODE(failure, 0));
            }
            any = any || children_[rank] > 0;
        }
        return any;
    }

    void ended(std::size_t rank, int status)
    {
        const bool by_itself = WIFEXITED(status);
        const int code = by_itself ? WEXITSTATUS(status) : failure;
        if (!by_itself && !end_)
            std::cerr << "circuitloom-cli: rank " << rank << " was ended by a signal ("
                      << ::strsignal(WTERMSIG(status)) << ").\n";
        if (rank == 0) {
            code_ = code;
            end_ = Clock::now() + to_end;
        } else if (code != 0 && !end_) {
            end_ = Clock::now() + patience_ + to_end;
        }
    }

    HeldSignals signals_;
    std::chrono::seconds patience_;
    std::vector<pid_t> children_; ///< by rank; 0 once it has ended
    int code_ = failure;
    std::optional<Clock::time_point> end_; ///< then who is left is killed
};

} // namespace

int run_local_processes(int count, std::chrono::seconds patience)
{
    LocalProcesses processes(patience);
    processes.start(count);
    return processes.wait();
}

} // namespace circuitloom
