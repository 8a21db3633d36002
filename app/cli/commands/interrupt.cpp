#include "app/cli/commands/interrupt.h"

#include "core/remote/run_orders.h"
#include "core/run/engine.h"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>

namespace circuitloom {

namespace {

// A signal handler has nothing but globals to speak through.
std::atomic<bool> interrupted = false;
std::atomic<bool> pause_wanted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

constexpr std::chrono::milliseconds between_looks{ 50 };

constexpr std::array stopping{ SIGINT, SIGTERM, SIGHUP };

extern "C" void on_interrupt(int signal, siginfo_t* info, void*)
{
    if (!interrupted.exchange(true) || info->si_code == SI_QUEUE)
        return;
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

extern "C" void on_pause(int signal)
{
    pause_wanted = signal == pause_signal;
}

// A signal that is ignored stays so.
void handle_interrupt(int signal)
{
    struct sigaction before = {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler == SIG_IGN) // the union's usual member where SA_SIGINFO is not set
        return;
    struct sigaction action = {};
    action.sa_sigaction = on_interrupt;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

StopOnInterrupt::StopOnInterrupt(RunControl* control, Notice notice)
    : control_(control)
    , notice_(notice)
{
    interrupted = false;
    pause_wanted = false;
    watcher_ = std::jthread([this](const std::stop_token& end) {
        while (!end.stop_requested()) {
            look();
            std::this_thread::sleep_for(between_looks);
        }
    });
    for (const int signal : stopping)
        handle_interrupt(signal);
    if (control_)
        for (const int signal : { pause_signal, resume_signal })
            std::signal(signal, on_pause);
    ignored_pipe_before_ = std::signal(SIGPIPE, SIG_IGN) == SIG_IGN;
}

void StopOnInterrupt::look()
{
    if (interrupted && !told_) {
        if (notice_ == Notice::told)
            std::fputs("\nStopping at the next safe point; Ctrl-C again ends at once.\n", stderr);
        source_.request_stop();
        told_ = true;
    }
    if (!control_ || control_->paused() == pause_wanted)
        return;
    std::fputs(pause_wanted ? "\nPausing after the step under way.\n" : "\nGoing on.\n", stderr);
    pause_wanted ? control_->pause() : control_->resume();
}

StopOnInterrupt::~StopOnInterrupt()
{
    for (const int signal : stopping)
        if (std::signal(signal, SIG_DFL) == SIG_IGN)
            std::signal(signal, SIG_IGN);
    if (control_) // an order that comes too late must not end the program
        for (const int signal : { pause_signal, resume_signal })
            std::signal(signal, SIG_IGN);
    if (!ignored_pipe_before_)
        std::signal(SIGPIPE, SIG_DFL);
}

} // namespace circuitloom
