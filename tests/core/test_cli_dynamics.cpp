#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

using namespace circuitloom;
using namespace circuitloom::testing;
using doctest::Approx;

// `runs --dynamics` and `runs --compare` as a user runs them.

namespace {

/// Two runs of 40 iterations, one of none.
class Experiment
{
public:
    Experiment()
    {
        for (const char* name : { "first", "a name with a \x1b[31m control character" }) {
            RunWriter writer(file(), samples::description(name));
            for (int i = 0; i < 40; ++i)
                writer.add_iteration(samples::iteration(i), samples::circuit(i / 10));
            writer.add_evaluations({ { 0, "was/were", "accuracy", 1.0, 40 },
                { 0, "plain text", "perplexity", 9.5, 3 } });
            writer.add_evaluations({ { 20, "was/were", "accuracy", 0.5, 40 },
                { 20, "plain text", "perplexity", 9.5, 3 } });
            writer.set_state(RunState::finished);
        }
        RunWriter empty(file(), samples::description("empty"));
        empty.set_state(RunState::stopped);
    }

    Result runs(const std::string& arguments) const
    {
        return run_cli(folder_.path(), "runs '" + file().string() + "' " + arguments);
    }

private:
    std::filesystem::path file() const { return folder_ / "runs.loom"; }

    samples::TemporaryFolder folder_;
};

std::size_t widest_line(const std::string& text)
{
    std::size_t widest = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        widest = std::max(widest,
            static_cast<std::size_t>(std::count_if(line.begin(), line.end(),
                [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; })));
    return widest;
}

} // namespace

TEST_CASE("--dynamics: every iteration and edge as JSON, tables that fit 100 columns as text")
{
    const Experiment experiment;
    const auto json = nlohmann::json::parse(experiment.runs("--dynamics 1 --json").output);
    CHECK(json["run"] == 1);
    REQUIRE(json["iterations"].size() == 40);
    CHECK(json["iterations"][0]["change"].is_null());
    // The circuits change at every tenth iteration alone.
    for (int i = 1; i < 40; ++i) {
        const auto turnover = json["iterations"][i]["change"]["turnover"].get<double>();
        CHECK((turnover == 0) == (i % 10 != 0));
    }
    CHECK(json["iterations"][39]["final_share"] == 1.0);
    const RunDescription run = samples::description();
    const ComputationalGraph graph(run.shape, run.graph);
    CHECK(json["graph_edges"] == graph.edges().size());
    int lives = 0;
    for (const auto& edge : json["edges"])
        lives += edge["life"].get<int>();
    CHECK(lives == 40 * 12);
    CHECK(json["courses"].size() == json["edges"].size());
    CHECK(json["courses"][0]["mean_scores"].size() == json["part_starts"].size());
    REQUIRE(json["flow"]["all"].size() == 4);
    double first_flow = 0;
    for (const auto& row : json["flow"]["start"])
        for (const auto& value : row)
            first_flow += value.get<double>();
    double strength = 0;
    for (const ScoredEdge& edge : samples::circuit(0))
        strength += std::abs(static_cast<double>(edge.score));
    CHECK(first_flow == Approx(5 * strength)); // the five first circuits are the same
    CHECK(json["capabilities"][1]["movement"]["halfway_step"] == 10.0);
    CHECK(json["capabilities"][0]["movement"].is_null());

    const Result text = experiment.runs("--dynamics 2");
    CHECK(text.code == 0);
    CHECK(text.errors.empty());
    CHECK(widest_line(text.output) <= 100);
    CHECK(text.output.find("40 iterations") != std::string::npos);
    CHECK(text.output.find("unchanged: plain text (perplexity)") != std::string::npos);
    CHECK(text.output.find('\x1b') == std::string::npos);
    CHECK(text.output.find("too few iterations") == std::string::npos);
    // The trends are of scores with their signs; what is strengthened or weakened is their size.
    const std::string trends = text.output.substr(text.output.find("Scores that go with the steps"));
    CHECK(trends.find("a negative\nscore rises where it shrinks in size\n") != std::string::npos);
    CHECK(trends.find("  score falls\n") != std::string::npos);
    CHECK(trends.find("strengthened") == std::string::npos);
    const auto window
        = nlohmann::json::parse(experiment.runs("--dynamics 1 --window 9 --json").output);
    CHECK(window["window"] == 9);
    CHECK(window["iterations"][8]["settled"] == 12);
    CHECK(window["iterations"][7]["settled"] == 0);
}

TEST_CASE("no word that came from a file reaches the terminal with what commands it")
{
    const samples::TemporaryFolder folder;
    const std::string hostile = "a\x1b[31m\xc2\x9b" "1mb\x07\r";
    RunDescription description = samples::description(hostile);
    description.method = description.model = hostile;
    {
        RunWriter writer(folder / "h.loom", description);
        for (int i = 0; i < 3; ++i)
            writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.add_evaluations({ { 0, hostile, hostile, 1.0, 40 } });
        writer.add_mark({ 1, "note", hostile });
        writer.set_state(RunState::failed, hostile);
    }
    std::filesystem::copy_file(folder / "h.loom", folder / (hostile + ".loom"));
    for (const char* arguments : { "runs h.loom", "runs h.loom show 1", "runs h.loom --dynamics 1",
             "runs h.loom --compare 1,1", "checkpoints h.loom --run 1", "runs h.loom show 9",
             "resume h.loom --run 1", "logits h.loom:1@0 --text a", "runs $(ls | grep 31m)/x" }) {
        CAPTURE(arguments);
        const Result result = run_cli(folder.path(), arguments);
        for (const std::string* text : { &result.output, &result.errors }) {
            CHECK(text->find_first_of("\x1b\x07\r") == std::string::npos);
            CHECK(text->find("\xc2\x9b") == std::string::npos);
        }
    }
}

TEST_CASE("--compare: the last circuits and every suite side by side")
{
    const Experiment experiment;
    const auto json = nlohmann::json::parse(experiment.runs("--compare 1,2 --json").output);
    CHECK(json["last_circuits"]["edges"]["jaccard"] == 1.0);
    CHECK(json["last_circuits"]["edges"]["kept"].size() == 12);
    CHECK(json["same_steps"].size() == 40);
    CHECK(json["evaluations"][1]["first"]["after"] == 0.5);
    CHECK(json["second"]["method"] == "circuit");

    const Result text = experiment.runs("--compare 1,2");
    CHECK(text.code == 0);
    CHECK(widest_line(text.output) <= 100);
    CHECK(text.output.find("50.0 %") != std::string::npos);
    CHECK(text.output.find('\x1b') == std::string::npos);
    const Result apart = experiment.runs("--compare 1,3");
    CHECK(apart.code == 0);
    CHECK(apart.output.find("no circuits to compare") != std::string::npos);
}

TEST_CASE("what cannot be told ends with one line and code 1, wrong usage with code 2")
{
    const Experiment experiment;
    for (const char* arguments :
        { "--dynamics 9", "--dynamics 3", "--compare 1,9", "--compare 9,1" }) {
        CAPTURE(arguments);
        const Result result = experiment.runs(arguments);
        CHECK(result.code == 1);
        CHECK(result.errors.starts_with("circuitloom-cli: "));
        CHECK(result.errors.find('\n') == result.errors.size() - 1);
    }
    for (const char* arguments : { "--compare 1", "--compare 1,2,3", "--dynamics one",
             "--dynamics 1 --compare 1,2", "--dynamics 1 --window 1", "--window 5" }) {
        CAPTURE(arguments);
        CHECK(experiment.runs(arguments).code == 2);
    }
}
