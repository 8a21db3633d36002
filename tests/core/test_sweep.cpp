#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/run/differing_settings.h"
#include "core/run/divergence.h"
#include "core/run/runs_made.h"
#include "core/run/sweep.h"
#include "core/run/sweep_estimate.h"
#include "core/run/tune_command.h"

#include <doctest/doctest.h>

#include <algorithm>
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
    // Where the sum of what was added is 5.6e-17, it is 0.
    CHECK(parse_sweep_axis("optimizer.momentum=-0.3..0+0.1").values
        == Values{ "-0.3", "-0.2", "-0.1", "0" });
    CHECK(parse_sweep_axis("optimizer.momentum=-0.3..0.1+0.1").values
        == Values{ "-0.3", "-0.2", "-0.1", "0", "0.1" });
    CHECK(parse_sweep_axis("optimizer.momentum=-0.3..-0.1+0.1").values
        == Values{ "-0.3", "-0.2", "-0.1" });
    // In words, and with blanks.
    CHECK(sweep_axis("circuit.top_n", " 10..100 step 30 ").values == Values{ "10", "40", "70", "100" });
    CHECK(sweep_axis("circuit.top_n", "1 .. 1000 times 10").values
        == Values{ "1", "10", "100", "1000" });
    CHECK(sweep_axis("circuit.top_n", "10, 30 , 100").values == Values{ "10", "30", "100" });
    CHECK(sweep_axis("run.steps", "1e+2..3e+2+1e+2").values == Values{ "100", "200", "300" });
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
        { { "optimizer.learning_rate", { "1e-3", "0.001" } } },
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

TEST_CASE("a sentence about a swept setting begins with the setting")
{
    const auto begins = [](const auto& attempt) {
        try {
            attempt();
        } catch (const InputError& error) {
            return std::string(error.what()).starts_with("circuit.top_n ");
        }
        return false;
    };
    CHECK(begins([] { sweep_axis("circuit.top_n", "9..1+1"); }));
    CHECK(begins([] { sweep_axis("circuit.top_n", ""); }));
    CHECK(begins([] { sweep_axis("circuit.top_n", "1,1"); }));
    for (const char* values : { "-1", "many", "1.5" })
        CHECK(begins([&] {
            sweep_runs(base(), std::vector<SweepAxis>{ { "circuit.top_n", { values } } }, 1);
        }));
}

TEST_CASE("seeds alone make a sweep whose runs keep the name")
{
    RunConfig config = base();
    config.name = "mine";
    const auto runs = sweep_runs(config, {}, 3);
    REQUIRE(runs.size() == 3);
    CHECK(runs[2].config.name == "mine, seed 9");
    CHECK(runs[2].config.seed == 9);
}

TEST_CASE("of an interrupted sweep, what has not finished is left to do")
{
    const std::vector<SweepAxis> axes{ { "circuit.top_n", { "10", "30", "100" } } };
    std::vector<RunConfig> wanted;
    for (const SweepRun& run : sweep_runs(base(), axes, 2))
        wanted.push_back(run.config);
    std::vector<RunSummary> there;
    const auto add = [&](RunConfig config, RunState state) {
        RunSummary run;
        run.id = RunId{ static_cast<std::int64_t>(there.size()) + 1 };
        run.state = state;
        run.description.configuration = to_json(config);
        there.push_back(run);
    };
    RunConfig renamed = wanted[0];
    renamed.name = "another name";
    renamed.description = "and what it is for";
    add(renamed, RunState::finished);
    add(wanted[1], RunState::finished);
    add(wanted[1], RunState::stopped); // tried again: the finished one counts
    add(wanted[2], RunState::stopped);
    add(wanted[2], RunState::interrupted); // the latest is what goes on
    RunConfig other = wanted[3];
    other.steps += 1;
    add(other, RunState::finished);
    there.push_back(there.back());
    there.back().description.configuration = "{\"version\": 99999}";
    there.push_back(there.front());
    there.back().description.configuration.clear(); // imported

    const auto made = runs_made(wanted, there);
    REQUIRE(made.size() == 6);
    REQUIRE(made[0]);
    CHECK(made[0]->id == RunId{ 1 });
    REQUIRE(made[1]);
    CHECK(made[1]->id == RunId{ 2 });
    REQUIRE(made[2]);
    CHECK(made[2]->id == RunId{ 5 });
    CHECK(made[2]->state == RunState::interrupted);
    for (const std::size_t missing : { 3u, 4u, 5u })
        CHECK_FALSE(made[missing]);
    CHECK(runs_made({}, there).empty());
    CHECK_FALSE(runs_made(wanted, {})[0]);
}

TEST_CASE("what finished and what diverged is settled, what failed otherwise goes on")
{
    RunSummary run;
    for (const RunState state : { RunState::running, RunState::paused, RunState::stopped,
             RunState::interrupted, RunState::failed, RunState::finished }) {
        run.state = state;
        run.message = "The disk is full.";
        CHECK(is_settled(run) == (state == RunState::finished));
    }
    run.state = RunState::failed;
    run.message = Diverged("The loss of step 4 is no longer finite").what();
    CHECK(is_settled(run));
}

TEST_CASE("a sweep takes as much as its runs one after the other")
{
    const ModelFiles files
        = open_model_description(std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_llama");
    const ModelConfig model = parse_model_config(files.config_json, files.origin);
    RunConfig config = preset("sv-disagreement");
    config.graph.mlp_group_size = 0;
    const std::vector<SweepAxis> axes{ { "circuit.top_n", { "10", "300" } },
        { "run.steps", { "20", "60" } } };
    std::vector<RunConfig> runs;
    for (const SweepRun& run : sweep_runs(config, axes, 3))
        runs.push_back(run.config);
    const SweepEstimate all = estimate_sweep(runs, model);
    std::int64_t file = 0;
    std::int64_t memory = 0;
    double seconds = 0;
    const std::vector<TimedRun> timed{ { config, 0.5 } };
    for (const RunConfig& run : runs) {
        const RunEstimate one = estimate_run(run, model);
        file += one.file + one.finished;
        memory = std::max(memory, one.memory.total());
        seconds += 0.5 * run.steps;
    }
    CHECK(all.file == file);
    CHECK(all.memory == memory);
    const auto time = estimate_sweep_time(runs, {}, timed);
    REQUIRE(time);
    CHECK(time->seconds == doctest::Approx(seconds));
    CHECK_FALSE(estimate_sweep_time(runs, {}, {}));
}

TEST_CASE("the command line of a sweep names its axes and seeds")
{
    const std::vector<SweepAxis> axes{ { "circuit.top_n", { "10", "30" } } };
    const std::string command = tune_command(preset("sv-disagreement"), axes, 3);
    CHECK(command.find("--sweep circuit.top_n=10,30") != std::string::npos);
    CHECK(command.find("--seeds 3") != std::string::npos);
    RunConfig other = preset("sv-disagreement");
    other.capabilities.resize(1);
    CHECK(tune_command(other, axes, 3).find("run.toml") != std::string::npos);
    CHECK(tune_command(other, axes, 3).find("--sweep circuit.top_n=10,30") != std::string::npos);
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
