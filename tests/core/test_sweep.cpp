#include "core/base/error.h"
#include "core/run/differing_settings.h"
#include "core/run/sweep.h"

#include <doctest/doctest.h>

#include <set>

using namespace circuitloom;

namespace {

using Values = std::vector<std::string>;

RunConfig base()
{
    RunConfig config;
    config.task = "demo/disagreement";
    config.seed = 7;
    return config;
}

} // namespace

TEST_CASE("a sweep's values are a list or a range with both ends")
{
    CHECK(parse_sweep_axis("circuit.top_n=10,30,100")
        == SweepAxis{ "circuit.top_n", { "10", "30", "100" } });
    CHECK(parse_sweep_axis("circuit.method=full,lora").values == Values{ "full", "lora" });
    CHECK(parse_sweep_axis("circuit.top_n=10..90+20").values
        == Values{ "10", "30", "50", "70", "90" });
    CHECK(parse_sweep_axis("circuit.top_n=10..99+30").values == Values{ "10", "40", "70" });
    CHECK(parse_sweep_axis("circuit.discover_every=1..64*4").values
        == Values{ "1", "4", "16", "64" });
    CHECK(parse_sweep_axis("optimizer.learning_rate=1e-4..1e-1*10").values
        == Values{ "1e-04", "0.001", "0.01", "0.1" });
    CHECK(parse_sweep_axis("optimizer.momentum=0..0.3+0.1").values
        == Values{ "0", "0.1", "0.2", "0.3" });
    // Dots alone make no range.
    CHECK(parse_sweep_axis("task.train=../a.jsonl,../b.jsonl").values
        == Values{ "../a.jsonl", "../b.jsonl" });
}

TEST_CASE("what is no sweep is refused in a sentence")
{
    for (const char* text : { "", "=1", "circuit.top_n", "circuit.top_n=", "circuit.top_n=1,,2",
             "circuit.top_n=1,2,1", "circuit.top_n=9..1+1", "circuit.top_n=1..9+0",
             "circuit.top_n=1..9*1", "circuit.top_n=0..9*2", "circuit.top_n=1..2e9+1" }) {
        CAPTURE(text);
        CHECK_THROWS_AS(parse_sweep_axis(text), InputError);
    }
    const std::vector<std::vector<SweepAxis>> refused{ { { "seed", { "1", "2" } } },
        { { "name", { "a" } } }, { { "circuit.top_m", { "1" } } }, { { "circuit.top_n", { "-1" } } },
        { { "circuit.top_n", { "1" } }, { "circuit.top_n", { "2" } } },
        { { "circuit.top_n", Values(101, "1") }, { "run.batch", Values(100, "1") } } };
    for (const auto& axes : refused)
        CHECK_THROWS_AS(sweep_runs(base(), axes, 1), InputError);
}

TEST_CASE("every combination comes once with every seed, and is named after itself")
{
    const std::vector<SweepAxis> axes{ { "circuit.top_n", { "10", "30" } },
        { "circuit.method", { "circuit", "random", "full" } } };
    const auto runs = sweep_runs(base(), axes, 2);
    REQUIRE(runs.size() == 12);
    std::set<std::string> names, configurations;
    for (const SweepRun& run : runs) {
        names.insert(run.config.name);
        configurations.insert(to_json(run.config));
        CHECK(run.values[0] == std::to_string(run.config.selection.n));
        CHECK((run.config.seed == 7 || run.config.seed == 8));
    }
    CHECK(names.size() == 12);
    CHECK(configurations.size() == 12);
    CHECK(runs[0].config.name == "top_n 10, method circuit, seed 7");
    CHECK(runs[1].config.seed == 8);
    CHECK(runs[2].values == Values{ "10", "random" });
}

TEST_CASE("settings that differ are found, seeds and names aside")
{
    RunConfig a = base();
    RunConfig b = base();
    b.seed = 9;
    b.name = "another";
    b.description = "a sentence";
    CHECK(differing_settings(std::vector{ a, b }).names.empty());
    b.selection.n = 77;
    b.learning_rate = 0.5;
    const DifferingSettings found = differing_settings(std::vector{ a, b, a });
    CHECK(found.names == Values{ "circuit.top_n", "optimizer.learning_rate" });
    CHECK(found.values[0] == found.values[2]);
    CHECK(found.values[1] == Values{ "77", "0.5" });
    CHECK(differing_settings({}).names.empty());
}
