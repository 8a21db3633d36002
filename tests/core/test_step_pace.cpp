#include "core/run/step_pace.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using std::chrono::milliseconds;

TEST_CASE("the pace of a run counts what lies between its steps")
{
    // A step takes 100 ms, and the evaluation after every fifth one 3 s.
    const StepPace::Time start;
    auto now = start;
    StepPace pace(5);
    pace.restart(now);
    double rate = 0;
    for (int step = 1; step <= 60; ++step) {
        now += milliseconds(100);
        rate = pace.step_done(now);
        if (step == 1)
            CHECK(rate == doctest::Approx(10));
        if (step > 20) // 5 steps in 3.5 s, whichever step it is
            CHECK(rate == doctest::Approx(5 / 3.5));
        if (step % 5 == 0)
            now += milliseconds(3000);
    }
}

TEST_CASE("a pause does not count, and a change of pace is followed")
{
    auto now = StepPace::Time() + milliseconds(1);
    StepPace pace(0);
    pace.restart(now);
    pace.step_done(now += milliseconds(500));
    pace.restart(now += std::chrono::hours(1));
    CHECK(pace.step_done(now += milliseconds(500)) == doctest::Approx(2));
    double rate = 0;
    for (int step = 0; step < 20; ++step)
        rate = pace.step_done(now += milliseconds(250));
    CHECK(rate == doctest::Approx(4));
}
