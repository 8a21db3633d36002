// A sweep goes on after a run that fails, as a user has it made.
#include "core/store/experiment_reader.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

const std::string sweep
    = "tune --preset sv-disagreement --no-capabilities --set task.held_out= --set task.reference= "
      "--set run.steps=8 --set circuit.method=full --set optimizer.weight_decay=1 --json "
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
