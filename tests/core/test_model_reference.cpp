#include "core/base/error.h"
#include "core/run/model_reference.h"
#include "core/store/experiment_reader.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <string>

using namespace circuitloom;

TEST_CASE("a moment of a run is read and written back")
{
    const auto moment = [](const std::string& text) {
        const ModelReference reference = parse_model_reference(text);
        CHECK(to_string(reference) == text);
        return std::get<RunMoment>(reference);
    };
    CHECK(moment("demo.loom:1@46")
        == RunMoment{ "demo.loom", { 1 }, RunMoment::Kind::iteration, 46 });
    CHECK(moment("/a b/x.loom:12@s120")
        == RunMoment{ "/a b/x.loom", { 12 }, RunMoment::Kind::step, 120 });
    CHECK(moment("x.loom:3@start") == RunMoment{ "x.loom", { 3 }, RunMoment::Kind::start, 0 });
    CHECK(moment("x.loom:3@end") == RunMoment{ "x.loom", { 3 }, RunMoment::Kind::end, 0 });
    // A folder may look like an experiment; the last one counts.
    CHECK(moment("a.loom:1@2/b.loom:4@0").file == "a.loom:1@2/b.loom");
}

TEST_CASE("everything else is a model's name")
{
    for (const std::string name : { "demo", "path/to/model", "org/name@main", "a:b", "x.loomer" })
        CHECK(std::get<std::string>(parse_model_reference(name)) == name);
}

TEST_CASE("an experiment without one of its models is refused, and told how to be written")
{
    for (const char* text : { "x.loom", "x.loom:", "x.loom:1", "x.loom:1@", "x.loom:0@1",
             "x.loom:a@1", "x.loom:1@s", "x.loom:1@-3", "x.loom:1@4x", "x.loom:1@99999999999",
             "x.loom:-1@end", "x.loom:1@END" }) {
        INFO(text);
        try {
            parse_model_reference(text);
            FAIL("was accepted");
        } catch (const InputError& error) {
            CHECK(std::string(error.what()).find("FILE.loom:R@I") != std::string::npos);
        }
    }
}

TEST_CASE("a moment that the run has not come to is refused, naming how far it has come")
{
    const samples::TemporaryFolder folder;
    const std::string file = (folder / "run.loom").string();
    {
        RunWriter writer(file, samples::description());
        for (int i = 0; i < 3; ++i)
            writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_step({ 5, 1.0, 0.5, 0.01 });
        writer.set_state(RunState::finished);
        RunWriter empty(file, samples::description());
        empty.set_state(RunState::stopped);
    }
    const auto refusal = [&](const std::string& moment) {
        try {
            untouched_model(file + moment);
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    for (const char* there : { ":1@0", ":1@2", ":1@s5", ":1@start", ":1@end", ":2@start" }) {
        CAPTURE(there);
        CHECK(refusal(there).empty());
        CHECK(untouched_model(file + there) == samples::description().model);
    }
    CHECK(refusal(":1@3") == "Run 1 of " + file + " has no iteration 3; its last is 2.");
    CHECK(refusal(":2@0") == "Run 2 of " + file + " has no iteration 0; it has none yet.");
    CHECK(refusal(":1@s6").find("has taken 5 steps") != std::string::npos);
    CHECK(refusal(":9@0").find("no run 9") != std::string::npos);
    CHECK_THROWS_WITH_AS(ExperimentReader(file).circuit({ 1 }, { 9999 }),
        doctest::Contains("its last is 2"), InputError);
}
