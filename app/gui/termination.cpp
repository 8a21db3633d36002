#include "app/gui/termination.h"

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::array ending{ SIGTERM, SIGHUP, SIGINT };

// A signal handler has nothing but globals to speak through.
std::atomic<bool> asked_before = false;
std::array<int, 2> wire{ -1, -1 }; ///< written to by the handler, read from in the event loop

extern "C" void on_ending(int signal)
{
    if (asked_before.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
        return;
    }
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(wire[0], &byte, 1);
}

} // namespace

Termination::Termination(std::function<void()> asked)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wire.data()) != 0)
        return; // the signals then end the program as they did
    asked_before = false;
    auto* notifier = new QSocketNotifier(wire[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier, asked = std::move(asked)] {
        notifier->setEnabled(false);
        asked();
    });
    for (const int signal : ending)
        if (std::signal(signal, on_ending) == SIG_IGN)
            std::signal(signal, SIG_IGN);
}

Termination::~Termination()
{
    if (wire[0] < 0)
        return;
    for (const int signal : ending)
        if (std::signal(signal, SIG_DFL) == SIG_IGN)
            std::signal(signal, SIG_IGN);
    for (int& end : wire)
        ::close(std::exchange(end, -1));
}

} // namespace circuitloom
