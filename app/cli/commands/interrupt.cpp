#include "app/cli/commands/interrupt.h"

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

extern "C" void on_interrupt(int signal)
{
    interrupted = true;
    std::signal(signal, SIG_DFL);
}

} // namespace

StopOnInterrupt::StopOnInterrupt()
{
    interrupted = false;
    watcher_ = std::jthread([this](std::stop_token end) {
        while (!end.stop_requested()) {
            if (interrupted) {
                std::fputs(
                    "\nStopping at the next safe point; Ctrl-C again ends at once.\n", stderr);
                source_.request_stop();
                return;
            }
            std::this_thread::sleep_for(between_looks);
        }
    });
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGTERM, on_interrupt);
}

StopOnInterrupt::~StopOnInterrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

} // namespace circuitloom
