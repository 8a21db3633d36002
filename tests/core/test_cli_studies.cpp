#include "core/store/experiment_reader.h"
#include "core/store/stored_studies.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace circuitloom;
using namespace circuitloom::testing;

// `runs --transfer`, `--graft`, `--swap` and `evaluate --cross-ablate` as a user runs them.

namespace {

/// A run of six steps of the demo.
class TunedDemo
{
public:
    TunedDemo()
    {
        const Result made = run_cli(folder_.path(),
            "tune --preset sv-disagreement --no-capabilities --set run.steps=6 --set "
            "run.evaluation_items=8 --set run.batch=4 --set task.reference= -o x.loom");
        REQUIRE_MESSAGE(made.code == 0, made.errors);
    }
    Result runs(const std::string& arguments) const
    {
        return run_cli(folder_.path(), "runs x.loom " + arguments);
    }
    Result evaluate(const std::string& arguments) const
    {
        return run_cli(folder_.path(), "evaluate " + arguments);
    }
    nlohmann::json json(const std::string& arguments) const
    {
        const Result result = runs(arguments + " --json");
        REQUIRE_MESSAGE(result.code == 0, result.errors);
        return nlohmann::json::parse(result.output);
    }
    std::filesystem::path file() const { return folder_ / "x.loom"; }

private:
    samples::TemporaryFolder folder_;
};

std::size_t lines_in(const std::string& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("a transfer is computed piece by piece, stored, and printed in every form")
{
    const TunedDemo demo;
    const std::string ask = "--transfer 1 --iterations 0,5 --random 2 --examples 8";
    const auto part = demo.json(ask + " --cells 1");
    CHECK(part["done"] == 1);
    CHECK(part["total"] == 4);
    const auto whole = demo.json(ask);
    CHECK(whole["done"] == 4);
    CHECK(whole["study"] == part["study"]);
    CHECK(whole["faithfulness"].size() == 2);
    CHECK(whole["faithfulness"][0][0] == part["faithfulness"][0][0]);
    CHECK(whole["faithfulness_of_random"][1][1].size() == 2);
    CHECK(whole["jaccard"][0][0] == 1.0);
    CHECK(whole["jaccard"][0][1] == whole["jaccard"][1][0]);
    CHECK(ExperimentReader(demo.file()).studies({ 1 }).size() == 1);

    const Result text = demo.runs(ask);
    CHECK(text.code == 0);
    CHECK(text.output.find("Jaccard similarity") != std::string::npos);
    const Result csv = demo.runs(ask + " --csv");
    CHECK(csv.output.starts_with("source,target,series,draw,suite,measure,value,items"));
    CHECK(lines_in(csv.output) == 1 + whole["figures"].size());
    CHECK(demo.runs("--transfer 1 --iterations 77").code == 1);
    CHECK(demo.runs("--transfer 1 --graft 1").code != 0);
    CHECK(demo.runs("--csv").code != 0);
    CHECK(demo.runs("--transfer 7").errors.find("no run 7") != std::string::npos);
}

TEST_CASE("grafts, swaps and cross-ablations are asked in the same way")
{
    const TunedDemo demo;
    const auto graft = demo.json("--graft 1 --shares 0,0.5,1 --random 2");
    CHECK(graft["done"] == 12);
    CHECK(graft["question"]["step"] == 6);
    const Result table = demo.runs("--graft 1 --shares 0,0.5,1 --random 2");
    CHECK(table.output.find("At random") != std::string::npos);
    CHECK(demo.runs("--graft 1 --shares 0,0.5,1 --random 2 --csv").output.find("\n0.5,")
        != std::string::npos);
    const auto swap = demo.json("--swap 1 --iterations 0,3 --parts m0.g0,a0.h1 --random 1");
    CHECK(swap["done"] == 6);
    CHECK(swap["question"]["source"]
        == ExperimentReader(demo.file()).iterations({ 1 }).back().index.value);
    CHECK(demo.json("--swap 1 --iterations 0 --top-parts 2 --random 0")["question"]["parts"].size()
        == 2);
    CHECK(demo.runs("--swap 1 --parts a9.h0").errors.find("a9.h0") != std::string::npos);
    const std::string crossed
        = " --cross-ablate demo/agreement demo/debias --top-n 20 --examples 8";
    const Result named = demo.evaluate("demo" + crossed + " --json");
    REQUIRE_MESSAGE(named.code == 0, named.errors);
    CHECK(nlohmann::json::parse(named.output)["study"] == 0);
    const Result of_run = demo.evaluate("x.loom:1@end" + crossed + " --json");
    REQUIRE_MESSAGE(of_run.code == 0, of_run.errors);
    const auto matrix = nlohmann::json::parse(of_run.output);
    CHECK(matrix["study"] > 0);
    CHECK(matrix["change_beside_random"].size() == 2);
    CHECK(demo.evaluate("demo" + crossed).output.find("demo/debias") != std::string::npos);
}
