#include "core/run/time_left.h"

#include <doctest/doctest.h>

using namespace circuitloom;
using namespace std::chrono_literals;

TEST_CASE("The time left follows from the parts that are done, each piece of work for itself")
{
    TimeLeft left;
    const TimeLeft::Clock::time_point start{};
    CHECK(left.seconds("tuning", 1, 101, start) < 0);
    CHECK(left.seconds("tuning", 11, 101, start + 20s) == doctest::Approx(180));
    CHECK(left.seconds("tuning", 101, 101, start + 200s) == 0);
    // The next run begins anew, and so does another kind of work.
    CHECK(left.seconds("tuning", 1, 101, start + 300s) < 0);
    CHECK(left.seconds("tuning", 2, 101, start + 301s) == doctest::Approx(99));
    CHECK(left.seconds("reading", 3, 5, start + 400s) < 0);
    CHECK(left.seconds("reading", 4, 5, start + 403s) == doctest::Approx(3));
}
