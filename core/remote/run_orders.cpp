#include "core/remote/run_orders.h"

#include "core/base/error.h"
#include "core/store/run_process.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <sys/syscall.h>
#include <unistd.h>

namespace circuitloom {

namespace {

constexpr std::array names{ std::string_view("stop"), std::string_view("pause"),
    std::string_view("resume") };
constexpr std::array signals{ stop_signal, pause_signal, resume_signal };

/// A process, whichever comes to bear its number later.
class ProcessHandle
{
public:
    explicit ProcessHandle(std::int64_t process)
        : process_(static_cast<pid_t>(process))
        , descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, process_, 0)))
    {
    }
    ~ProcessHandle()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    ProcessHandle(const ProcessHandle&) = delete;
    ProcessHandle& operator=(const ProcessHandle&) = delete;

    // As sigqueue() does it, by which the receiver knows an order from a Ctrl-C.
    bool send(int signal) const
    {
        siginfo_t info{};
        info.si_signo = signal;
        info.si_code = SI_QUEUE;
        info.si_pid = ::getpid();
        info.si_uid = ::getuid();
        if (descriptor_ < 0) // a kernel without such handles
            return ::sigqueue(process_, signal, {}) == 0;
        return ::syscall(SYS_pidfd_send_signal, descriptor_, signal, &info, 0) == 0;
    }

private:
    pid_t process_;
    int descriptor_;
};

// The signals that would end a process that does not handle them: /proc/PID/status, proc(5).
bool catches(std::int64_t process, int signal)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string word; file >> word;)
        if (word == "SigCgt:") {
            std::uint64_t mask = 0;
            file >> std::hex >> mask;
            return (mask >> (signal - 1) & 1) != 0;
        }
    return false;
}

bool is_command_line(std::int64_t process)
{
    std::error_code error;
    const auto program
        = std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", error);
    return !error && program.filename().string().starts_with("circuitloom-cli");
}

} // namespace

std::string_view run_order_name(RunOrder order)
{
    return names[static_cast<std::size_t>(order)];
}

std::optional<RunOrder> run_order(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<RunOrder>(i);
    return std::nullopt;
}

std::string give_order(const std::filesystem::path& file, RunId run, RunOrder order)
{
    const std::int64_t process = process_in_training(file, run).process;
    const ProcessHandle handle(process);
    const int signal = signals[static_cast<std::size_t>(order)];
    const std::string name = "Run " + std::to_string(run.value);
    const std::string whom = " (process " + std::to_string(process) + ")";
    if (!is_command_line(process))
        throw InputError(name + " is trained by a window" + whom
            + " and takes orders there alone.");
    if (!catches(process, signal))
        throw InputError(name + whom + " cannot be told to " + std::string(run_order_name(order))
            + ": its circuitloom-cli is older, trains several runs in turn, or shares the run among "
              "several processes.");
    process_in_training(file, run); // still that process, which the handle now holds fast
    if (!handle.send(signal))
        throw ResourceError(name + whom + " could not be told to "
            + std::string(run_order_name(order)) + ": " + std::strerror(errno) + ".");
    return name + " was told to " + std::string(run_order_name(order))
        + (order == RunOrder::resume ? "." : " after the step under way.");
}

} // namespace circuitloom
