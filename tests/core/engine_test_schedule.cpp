#include "core/tuning/early_stop.h"
#include "core/tuning/schedule.h"

#include <doctest/doctest.h>

#include <limits>

using namespace circuitloom;

namespace {

RunConfig rates(double peak, int warm_up, Schedule schedule)
{
    RunConfig config;
    config.learning_rate = peak;
    config.warm_up = warm_up;
    config.rate_schedule = schedule;
    return config;
}

std::string evaluated(EarlyStop& stop, double value, const char* measure = "accuracy")
{
    return stop.add({ { 1, "other", measure, 0.99, 10 }, { 1, "task", measure, value, 10 } });
}

} // namespace

TEST_CASE("warm-up is linear and zero steps of it are none")
{
    CHECK(learning_rate_at(1, 100, rates(0.5, 0, Schedule::constant)) == 0.5);
    const RunConfig config = rates(0.5, 10, Schedule::constant);
    CHECK(learning_rate_at(1, 100, config) == doctest::Approx(0.05));
    CHECK(learning_rate_at(9, 100, config) == doctest::Approx(0.45));
    CHECK(learning_rate_at(10, 100, config) == 0.5);
    CHECK(learning_rate_at(100, 100, config) == 0.5);
}

TEST_CASE("the rate falls in a line or half a cosine, and no step is wasted at 0")
{
    // Peak at step 2, 0 at step 6: a quarter of the way down at each step.
    const RunConfig line = rates(1, 2, Schedule::linear);
    const RunConfig cosine = rates(1, 2, Schedule::cosine);
    const double falling[] = { 1, 0.75, 0.5, 0.25 };
    const double curve[] = { 1, 0.853553390593, 0.5, 0.146446609407 };
    CHECK(learning_rate_at(1, 5, line) == 0.5);
    for (int step = 2; step <= 5; ++step) {
        CHECK(learning_rate_at(step, 5, line) == doctest::Approx(falling[step - 2]));
        CHECK(learning_rate_at(step, 5, cosine) == doctest::Approx(curve[step - 2]));
    }
    CHECK(learning_rate_at(1, 4, rates(1, 0, Schedule::linear)) == 1);
    CHECK(learning_rate_at(4, 4, rates(1, 0, Schedule::linear)) == doctest::Approx(0.25));
    CHECK(learning_rate_at(1, 1, rates(1, 0, Schedule::cosine)) == 1);
    CHECK(learning_rate_at(3, 3, rates(1, 10, Schedule::linear)) == doctest::Approx(0.3));
}

TEST_CASE("the number of edges goes from its start to its end")
{
    RunConfig config;
    config.selection.n = 20;
    config.top_n_start = 100;
    config.top_n_iterations = 4;
    CHECK(top_n_at(0, config) == 20);
    config.top_n_schedule = Schedule::linear;
    const int line[] = { 100, 80, 60, 40, 20, 20 };
    for (int i = 0; i < 6; ++i)
        CHECK(top_n_at(i, config) == line[i]);
    config.top_n_schedule = Schedule::cosine;
    const int cosine[] = { 100, 88, 60, 32, 20, 20 };
    for (int i = 0; i < 6; ++i)
        CHECK(top_n_at(i, config) == cosine[i]);
    config.selection.n = 200; // rising as well
    config.top_n_schedule = Schedule::linear;
    CHECK(top_n_at(2, config) == 150);
}

TEST_CASE("a run ends once its measure is reached")
{
    RunConfig config;
    EarlyStop never(config);
    CHECK(evaluated(never, 1).empty());

    config.stop_measure = "task.accuracy";
    config.stop_reach = 0.9;
    EarlyStop stop(config);
    CHECK(evaluated(stop, 0.89).empty());
    CHECK(evaluated(stop, std::numeric_limits<double>::quiet_NaN()).empty());
    CHECK(evaluated(stop, 0.9) == "task.accuracy reached 0.9");

    config.stop_measure = "task.perplexity"; // lower is better
    config.stop_reach = 5;
    EarlyStop low(config);
    CHECK(evaluated(low, 7, "perplexity").empty());
    CHECK_FALSE(evaluated(low, 4.5, "perplexity").empty());
}

TEST_CASE("a run ends where its measure is no better for too long")
{
    RunConfig config;
    config.stop_measure = "task.accuracy";
    config.stop_patience = 2;
    EarlyStop stop(config);
    CHECK(evaluated(stop, 0.5).empty());
    CHECK(evaluated(stop, 0.4).empty());
    CHECK(evaluated(stop, 0.6).empty()); // better: the count begins again
    CHECK(evaluated(stop, 0.6).empty());
    EarlyStop again(config);
    again.restore(stop.state());
    CHECK_FALSE(evaluated(stop, 0.6).empty());
    CHECK_FALSE(evaluated(again, 0.6).empty());
}
