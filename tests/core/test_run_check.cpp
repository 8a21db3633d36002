// Whether a run can begin, asked of the machine where it is to.
#include "core/base/error.h"
#include "core/run/listed_there.h"
#include "core/run/run_check.h"
#include "tests/support/program.h"
#include "tests/support/running_mirror.h"
#include "tests/support/store_samples.h"
#include "tests/support/worded_run.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

RunConfig demo_run()
{
    RunConfig config;
    config.model = "demo";
    config.task = "demo/disagreement";
    return config;
}

std::string settings_of(const RunCheck& check)
{
    std::string all;
    for (const auto& [setting, sentence] : check.problems)
        all += setting + " ";
    return all;
}

} // namespace

TEST_CASE("what a run cannot begin with is said by setting")
{
    RunConfig config = demo_run();
    const RunCheck sound = check_run(config);
    CHECK(sound.problems.empty());
    CHECK(sound.model_config.find("\"n_layer\": 4") != std::string::npos);
    CHECK(sound.task.examples == 2000);
    CHECK(sound.task.longest > 5);
    config.task = "/none/task.jsonl";
    config.held_out_task = "/none/held.jsonl";
    config.capabilities = { { "one", "/none/suite.jsonl" } };
    RunCheck wrong = check_run(config);
    CHECK(settings_of(wrong) == "capabilities task.held_out task.train ");
    CHECK(wrong.problems["task.train"].find("/none/task.jsonl") != std::string::npos);
    config.model = "/none/model";
    wrong = check_run(config);
    CHECK(settings_of(wrong) == "model ");
    CHECK(wrong.model_config.empty());
    config = demo_run();
    config.graph.mlp_group_size = 100'000;
    CHECK(settings_of(check_run(config)) == "graph.mlp_group_size ");
    CHECK(settings_of(check_run(std::string("[run]\nsteps = -1\n"))) == " ");
    CHECK(settings_of(check_run(to_toml(demo_run()))).empty());
}

TEST_CASE("tasks that are answered in words are looked at as the run reads them")
{
    const samples::TemporaryFolder folder;
    RunConfig config = worded_configuration(folder.path());
    const RunCheck sound = check_run(config);
    CHECK(settings_of(sound).empty());
    CHECK(sound.task.held_out == 8);
    config.held_out_task = (folder / "instructions.jsonl").string();
    RunCheck wrong = check_run(config);
    CHECK(settings_of(wrong) == "task.held_out ");
    CHECK(wrong.problems["task.held_out"].find("nothing can be learnt") != std::string::npos);
}

TEST_CASE("a check comes back from JSON as it was, and other JSON is refused")
{
    RunCheck check = check_run(demo_run());
    check.problems = { { "", "All of it." }, { "task.train", "\"Quoted\" ü." } };
    check.notes = { "A remark.", "Another ü." };
    check.task = { 1, 2, 3, 4 };
    const RunCheck back = parse_run_check(to_json(check), "far");
    CHECK(back.problems == check.problems);
    CHECK(back.notes == check.notes);
    CHECK(back.model_config == check.model_config);
    CHECK(back.task.longest == 1);
    CHECK(back.task.examples == 2);
    CHECK(back.task.targets == 3);
    CHECK(back.task.held_out == 4);
    for (const char* wrong : { "", "[]", "{}", R"({"problems": 1, "task": {}})",
             R"({"problems": [], "notes": [1], "task": {}})",
             R"({"problems": [], "task": {"examples": -1}})",
             R"({"problems": [{"setting": "model"}], "task": {}})" }) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH_AS(parse_run_check(wrong, "far"), doctest::Contains("far"), InputError);
    }
}

TEST_CASE("the command reads a file or its input, and paths from the folder that it is given")
{
    const samples::TemporaryFolder folder;
    RunConfig config = demo_run();
    config.task = "own.jsonl";
    std::ofstream(folder / "run.toml") << to_toml(config);
    const Result missing = run_cli(folder.path(), "check run.toml");
    CHECK(missing.code == 1);
    CHECK(missing.output.starts_with("task.train: "));
    std::filesystem::create_directory(folder / "data");
    std::ofstream(folder / "data" / "own.jsonl")
        << R"({"text": "the dog runs", "spans": [{"start": 7, "end": 12, "alternative": " run"}]})"
        << "\n";
    CHECK(run_cli(folder.path(), "check run.toml --folder data").output
        == "The run can begin: 1 example, the longest of "
            + std::to_string(parse_run_check(
                run_cli(folder.path(), "check - --json --folder data <run.toml").output, "it")
                                 .task.longest)
            + " tokens.\n");
    const Result nowhere = run_cli(folder.path(), "check run.toml --folder none");
    CHECK(nowhere.code == 1);
    CHECK(nowhere.errors.find("The folder none cannot be used") != std::string::npos);
}

TEST_CASE("a check is asked for over the line and read beside the file there")
{
    const samples::TemporaryFolder folder;
    RemoteMirrorOptions options = options_for(folder.path(), local_line(folder.path()));
    options.starts_runs = true;
    RunConfig config = demo_run();
    config.task = "own.jsonl"; // beside the file there
    config.held_out_task = "none.jsonl";
    std::ofstream(folder / "own.jsonl")
        << R"({"text": "the dog runs", "spans": [{"start": 7, "end": 12, "alternative": " run"}]})"
        << "\n";
    RunningMirror mirror(options);
    mirror.mirror().ask_check(to_toml(config));
    REQUIRE(mirror.wait_answers(1));
    const std::string answer = mirror.answer(0);
    REQUIRE(answer.starts_with("yes: "));
    const RunCheck check = parse_run_check(answer.substr(5), "server");
    CHECK(settings_of(check) == "task.held_out ");
    CHECK(check.task.examples == 1);
}

TEST_CASE("what the command lists is read again, and what is no such list is refused")
{
    const samples::TemporaryFolder folder;
    const auto models
        = parse_listed_models(run_cli(folder.path(), "models list --json").output, "far");
    REQUIRE(!models.empty());
    CHECK(models.front().model == "demo");
    CHECK(models.front().bytes > 100000);
    CHECK(models.front().unusable.empty());
    const Devices devices = parse_listed_devices(R"({"devices": [
        {"device": "cpu", "name": "a processor", "memory": 8, "free": 4, "threads": 2},
        {"device": "cuda:0", "name": "a card", "memory": 16, "free": 9,
         "compute_capability": "9.0"}],
        "auto": "cuda:0", "why": "It is there."})",
        "far");
    REQUIRE(device_named(devices, "auto"));
    CHECK(device_named(devices, "auto")->free == 9);
    CHECK(device_named(devices, "cpu")->threads == 2);
    CHECK(!device_named(devices, "cuda:1"));
    for (const char* wrong : { "{}", "[1]", "[{}]", R"([{"model": 1}])", R"({"devices": [{}]})",
             R"({"devices": [{"device": "cpu", "name": "x", "memory": -1, "free": 0}]})" }) {
        CAPTURE(wrong);
        CHECK_THROWS_WITH_AS(
            parse_listed_models(wrong, "far"), doctest::Contains("far"), InputError);
        CHECK_THROWS_WITH_AS(
            parse_listed_devices(wrong, "far"), doctest::Contains("far"), InputError);
    }
}
