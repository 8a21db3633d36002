#include "core/run/turn_taking.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace circuitloom;

namespace {

/// Moves only when somebody computes.
struct HandClock
{
    std::atomic<long> milliseconds = 0;
    TurnTaking::Clock clock()
    {
        return [this] {
            return std::chrono::steady_clock::time_point(
                std::chrono::milliseconds(milliseconds.load()));
        };
    }
};

} // namespace

TEST_CASE("a run and questions never compute at once, and questions take their share")
{
    for (const double share : { 0.1, 0.5 }) {
        HandClock time;
        TurnTaking turns(time.clock(), share);
        std::atomic<int> computing = 0;
        std::atomic<bool> begun = false;
        long of_run = 0;
        long of_answers = 0;
        const auto compute = [&](long& whose, long length) {
            CHECK(++computing == 1);
            time.milliseconds += length;
            whose += length;
            --computing;
        };
        std::jthread answering([&](std::stop_token stop) {
            // One endless answer: there is always something to compute.
            begun = true;
            begun.notify_all();
            if (!turns.begin_answer(stop))
                return;
            do
                compute(of_answers, 7);
            while (turns.continue_answer(stop));
        });
        begun.wait(false);
        turns.begin_run();
        // What the answer computed before the run does not count.
        const long before = of_answers;
        for (int step = 0; step < 3000; ++step) {
            compute(of_run, 10);
            std::this_thread::yield(); // so that the answer comes to wait
            turns.between_steps();
        }
        const double used = static_cast<double>(of_answers - before);
        turns.end_run();
        answering.request_stop();
        answering.join();
        const double taken = used / (used + static_cast<double>(of_run));
        INFO("share " << share << ", taken " << taken);
        CHECK(taken > 0);
        CHECK(taken < share + 0.01);
        CHECK(of_run == 30'000);
    }
}

TEST_CASE("a question waits for no step of a run that has ended or is paused")
{
    TurnTaking turns;
    turns.begin_run();
    turns.end_run();
    CHECK(turns.begin_answer({}));
    CHECK(turns.continue_answer({}));
    turns.end_answer();
}

TEST_CASE("a question that is called off while it waits gets no turn")
{
    TurnTaking turns;
    turns.begin_run();
    std::stop_source stop;
    std::jthread caller([&stop] { stop.request_stop(); });
    CHECK_FALSE(turns.begin_answer(stop.get_token()));
    turns.between_steps(); // nobody waits
    turns.end_run();
}
