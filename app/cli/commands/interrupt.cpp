#include "app/cli/commands/interrupt.h"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

namespace circuitloom {

namespace {

// A signal handler has nothing but globals to speak through.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr std::chrono::milliseconds between_looks{ 50 };

constexpr std::array stopping{ SIGINT, SIGTERM, SIGHUP };

extern "C" void on_interrupt(int signal)
{
    if (!interrupted.exchange(true))
        return;
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

} // namespace

StopOnInterrupt::StopOnInterrupt(Notice notice)
{
    interrupted = false;
    watcher_ = std::jthread([this, notice](std::stop_token end) {
        while (!end.stop_requested()) {
            if (interrupted) {
                if (notice == Notice::told)
                    std::fputs("\nStopping at the next safe point; Ctrl-C again ends at once.\n",
                        stderr);
                source_.request_stop();
                return;
            }
            std::this_thread::sleep_for(between_looks);
        }
    });
    for (const int signal : stopping)
        if (std::signal(signal, on_interrupt) == SIG_IGN)
            std::signal(signal, SIG_IGN);
    ignored_pipe_before_ = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
}

StopOnInterrupt::~StopOnInterrupt()
{
    for (const int signal : stopping)
        if (std::signal(signal, SIG_DFL) == SIG_IGN)
            std::signal(signal, SIG_IGN);
    if (!ignored_pipe_before_)
        std::signal(SIGPIPE, SIG_DFL);
}

} // namespace circuitloom
