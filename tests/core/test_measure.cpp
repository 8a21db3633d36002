#include "core/base/measure.h"
#include "core/base/number_text.h"
#include "core/base/random.h"
#include "core/run/run_config.h"
#include "core/run/run_measures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <set>
#include <string_view>

using namespace circuitloom;

TEST_CASE("every measure is found by its name, which no other has")
{
    std::set<std::string_view> names;
    for (const Measure& measure : all_measures()) {
        CAPTURE(measure.name);
        CHECK(names.insert(measure.name).second);
        const Measure found = measure_named(measure.name);
        CHECK(found.name == measure.name);
        CHECK(found.title == measure.title);
        CHECK(found.notation == measure.notation);
        CHECK(found.better == measure.better);
        CHECK(found.on == measure.on);
        CHECK_FALSE(measure.title.empty());
        CHECK((measure.notation == Notation::percent) == (measure.unit == "share"));
    }
    CHECK(names.size() >= 15);
}

TEST_CASE("names are those that files have had from the beginning")
{
    CHECK(measures::accuracy.name == "accuracy");
    CHECK(measures::accuracy_per_byte.name == "accuracy-per-byte");
    CHECK(measures::perplexity.name == "perplexity");
    CHECK(std::ranges::equal(
        metric_names, std::array{ "logit-diff", "log-prob", "prob-diff", "kl" }));
    for (std::size_t i = 0; i < metric_names.size(); ++i) {
        CHECK(measure_of(static_cast<MetricKind>(i)).name == metric_names[i]);
        CHECK(is_task_metric(metric_names[i]));
        CHECK(task_metrics()[i].name == metric_names[i]);
    }
    CHECK_FALSE(is_task_metric("accuracy"));
}

TEST_CASE("which value is better is said of the measure alone")
{
    for (const char* name :
        { "logit-diff", "log-prob", "prob-diff", "accuracy", "accuracy-per-byte" }) {
        CAPTURE(name);
        CHECK(is_better(measure_named(name), 2, 1));
        CHECK_FALSE(is_better(measure_named(name), 1, 2));
    }
    for (const char* name : { "loss", "kl", "perplexity" }) {
        CAPTURE(name);
        CHECK(is_better(measure_named(name), 1, 2));
        CHECK_FALSE(is_better(measure_named(name), 2, 1));
    }
    for (const Measure& measure : all_measures()) {
        CHECK_FALSE(is_better(measure, 1, 1));
        CHECK_FALSE(is_better(measure, std::numeric_limits<double>::quiet_NaN(), 1));
    }
    CHECK_FALSE(is_better(measures::turnover, 2, 1));
    CHECK_FALSE(is_better(measures::turnover, 1, 2));
}

TEST_CASE("a measure that this version does not know is shown plainly")
{
    const std::string name = "brier-score";
    const Measure unknown = measure_named(name);
    CHECK(unknown.name == name);
    CHECK(unknown.title == name);
    CHECK(unknown.unit.empty());
    CHECK(value_text(unknown, 0.25) == "0.250");
    CHECK_FALSE(is_better(unknown, 2, 1));
}

TEST_CASE("values are written as their measure says")
{
    CHECK(value_text(measures::accuracy, 0.975) == "97.5 %");
    CHECK(value_text(measures::accuracy_per_byte, 0.975) == "97.5 %");
    CHECK(value_text(measures::logit_diff, -3.104) == "-3.10");
    CHECK(value_text(measures::kl, 0.0123) == "0.012");
    CHECK(value_text(measures::tunable_count, 12345) == "12345");
    CHECK(value_text(measures::seconds, 0.0384) == "38.4 ms");
    CHECK(value_text(measures::turnover.notation, 0.5, 0) == "50 %");
    CHECK(change_text(measures::accuracy, 0.125) == "+12.5");
    CHECK(change_text(measures::logit_diff, -0.25) == "-0.25");
    CHECK(change_text(measures::logit_diff, 0) == "0.00");
}

TEST_CASE("the metric of a run is what its configuration says")
{
    RunDescription run;
    RunConfig config;
    config.discovery.metric = MetricKind::prob_diff;
    run.configuration = to_json(config);
    CHECK(metric_of(run).name == "prob-diff");
    run.configuration = R"({"circuit": {"metric": "of-a-later-version"}})";
    CHECK(metric_of(run).name == "metric");
    CHECK(metric_of(run).title == "Task metric");
}

TEST_CASE("durations and shares are written in one way")
{
    CHECK(duration(0.4) == "0 s");
    CHECK(duration(59.4) == "59 s");
    CHECK(duration(59.6) == "1 min 0 s");
    CHECK(duration(200) == "3 min 20 s");
    CHECK(duration(7500) == "2 h 5 min");
    CHECK(duration(-1) == "0 s");
    CHECK(short_duration(0.0384) == "38.4 ms");
    CHECK(short_duration(2.1) == "2.10 s");
    CHECK(percent(0.9749) == "97.5 %");
    CHECK(percent(0.9749, 0) == "97 %");
    CHECK(short_percent(0.97) == "97 %");
    CHECK(short_percent(0.034) == "3.4 %");
    CHECK(short_percent(0.0005) == "0.05 %");
    CHECK(short_percent(0) == "0 %");
    CHECK(fixed(std::numeric_limits<double>::quiet_NaN(), 2) == "not a number");
    CHECK(percent(std::numeric_limits<double>::quiet_NaN()) == "not a number");
    CHECK(fixed(std::numeric_limits<double>::infinity(), 2) == "infinite");
}

TEST_CASE("digits that count are those of printf's %g, with the sign where it is asked for")
{
    Random random(1);
    for (int i = 0; i < 2000; ++i) {
        const double number
            = (random.unit() - 0.5) * std::pow(10, static_cast<double>(random.below(40)) - 20);
        const int digits = 1 + static_cast<int>(random.below(9));
        char expected[64];
        std::snprintf(expected, sizeof expected, "%.*g", digits, number);
        CHECK(significant(number, digits) == expected);
        std::snprintf(expected, sizeof expected, "%+.*g", digits, number);
        CHECK(signed_significant(number, digits) == expected);
        std::snprintf(expected, sizeof expected, "%.*f", digits, number);
        const bool zero = std::string_view(expected).find_first_not_of("-0.") == std::string::npos;
        CHECK(fixed(number, digits) == (zero && number < 0 ? expected + 1 : expected));
    }
    CHECK(significant(0, 4) == "0");
    CHECK(signed_significant(0.25, 4) == "+0.25");
}
