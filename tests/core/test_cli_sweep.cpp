// A sweep and a comparison go on after a run that fails, as a user has them made.
#include "core/store/experiment_reader.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

const std::string base
    = "tune --preset sv-disagreement --no-capabilities --set task.reference= --set run.steps=8 "
      "--set optimizer.weight_decay=1";
const std::string sweep
    = base + " --set task.held_out= --set circuit.method=full --json "
      "--sweep optimizer.learning_rate=100,1e-3 -o swept.loom";

} // namespace

TEST_CASE("a sweep finishes what comes after a run that diverges, which is not trained again")
{
    const samples::TemporaryFolder folder;
    for (const bool again : { false, true }) {
        CAPTURE(again);
        const Result made = run_cli(folder.path(), sweep);
        CHECK(made.code == 1);
        CHECK(made.errors.find("1 of the sweep's 2 runs failed: learning_rate 100, seed 1")
            != std::string::npos);
        CHECK((made.errors.find("learning_rate 100, seed 1, has diverged in the file already")
                  != std::string::npos)
            == again);
        const auto table = nlohmann::json::parse(made.output);
        REQUIRE(table.size() == 1);
        CHECK(table[0]["runs"].size() == 1);
        const ExperimentReader reader(folder / "swept.loom");
        const auto runs = reader.runs();
        REQUIRE(runs.size() == 2);
        CHECK(runs[0].state == RunState::failed);
        CHECK(runs[0].message.find("diverged") != std::string::npos);
        CHECK(runs[1].state == RunState::finished);
        CHECK(reader.steps({ 1 }).size() < 8);
        CHECK((made.errors.find("run 1 on ") == std::string::npos) == again); // it was not begun
    }
}

TEST_CASE("a comparison says of a method that diverges that it did, and compares the others")
{
    const samples::TemporaryFolder folder;
    // One edge of the circuit changes little enough of the model to bear that rate.
    const std::string compared = base + " --set circuit.top_n=1 --set run.evaluation_items=20 ";
    const std::string fast = "--set task.held_out= --set optimizer.learning_rate=100 ";
    const Result made = run_cli(
        folder.path(), compared + fast + "--compare full,fixed --json -o compared.loom");
    CAPTURE(made.errors);
    CHECK(made.code == 1);
    CHECK(made.errors.find("1 of the comparison's 3 runs failed: full, seed 1. Of run R")
        != std::string::npos);
    const auto json = nlohmann::json::parse(made.output);
    REQUIRE(json["runs"].size() == 3);
    const ExperimentReader reader(folder / "compared.loom");
    for (const auto& run : json["runs"]) {
        CAPTURE(run["method"]);
        const bool failed = run["method"] == "full";
        CHECK(run.contains("failure") == failed);
        const RunSummary summary = reader.run({ run["run"].get<std::int64_t>() });
        CHECK(summary.description.method == run["method"].get<std::string>());
        CHECK(summary.state == (failed ? RunState::failed : RunState::finished));
    }
    CHECK(json["runs"][1]["failure"] == "diverged");
    for (const auto& figure : json["figures"]) {
        CHECK(figure["methods"].contains("fixed"));
        CHECK_FALSE(figure["methods"].contains("full"));
    }

    const Result table
        = run_cli(folder.path(), compared + fast + "--compare full -o table.loom");
    CHECK(table.code == 1);
    CHECK(table.output.find("diverged") != std::string::npos);

    // On equal terms too, where each rate that is tried for a method diverges.
    const Result fair = run_cli(folder.path(),
        compared + "--compare full --learning-rates 100 --json -o fair.loom");
    CAPTURE(fair.errors);
    CHECK(fair.code == 1);
    CHECK(fair.errors.find("full: diverged with every learning rate") != std::string::npos);
    const auto terms = nlohmann::json::parse(fair.output);
    CHECK(terms["fair"]["methods"]["full"]["learning_rate"].is_null());
    REQUIRE(terms["runs"].size() == 2);
    CHECK_FALSE(terms["runs"][0].contains("failure"));
    CHECK(terms["runs"][1]["run"].is_null());
    CHECK(terms["runs"][1]["failure"] == "diverged");
    CHECK(ExperimentReader(folder / "fair.loom").runs().size() == 1);
    // Whose budget is to be matched must come to an end.
    const Result none = run_cli(folder.path(),
        compared + fast + "--set circuit.top_n=100000 --compare full --match-budget auto "
                          "--set task.held_out=demo/disagreement-held-out -o none.loom");
    CAPTURE(none.errors);
    CHECK(none.code == 1);
    CHECK(none.errors.find("there is no budget to match") != std::string::npos);
}
