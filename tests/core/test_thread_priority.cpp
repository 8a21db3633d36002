#ifdef __linux__

#include "core/base/thread_priority.h"

#include <doctest/doctest.h>

#include <sys/resource.h>

#include <thread>

using namespace circuitloom;

namespace {

int priority_of_this_thread()
{
    return getpriority(PRIO_PROCESS, 0);
}

} // namespace

TEST_CASE("Who yields to the window yields with the threads that it starts, and alone")
{
    const int window = priority_of_this_thread();
    int yielding = window;
    int started = window;
    std::thread([&] {
        yield_to_window();
        yielding = priority_of_this_thread();
        std::thread([&] { started = priority_of_this_thread(); }).join();
    }).join();
    CHECK(yielding > window);
    CHECK(started == yielding);
    CHECK(priority_of_this_thread() == window);
}

#endif
