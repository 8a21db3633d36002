// Checkpoints that others trained become a run, as a user has them observed.
#include "core/exchange/event_records.h"
#include "core/run/checkpoint_series.h"
#include "core/run/observed_run.h"
#include "core/run/trainer_log.h"
#include "core/store/experiment_reader.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

using namespace circuitloom;
using namespace circuitloom::testing;
using samples::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

const std::string task = R"({"text": "the keys near the cabinet is here .", "spans": [{"start": 25, "end": 28, "alternative": " are"}]}
{"text": "the dogs near the house is here .", "spans": [{"start": 23, "end": 26, "alternative": " are"}]}
{"text": "the boys near the garden is here .", "spans": [{"start": 24, "end": 27, "alternative": " are"}]}
)";

/// A folder as a Trainer leaves it: the demo model at two steps of a run, the tokenizer above them.
class Trained
{
public:
    Trained()
    {
        std::ofstream(folder_ / "task.jsonl") << task;
        REQUIRE(cli("tune --preset sv-disagreement --no-capabilities --set run.steps=4 -o t.loom").code
            == 0);
        for (const std::string step : { "2", "4" }) {
            const Result made
                = cli("models export t.loom:1@s" + step + " -o series/checkpoint-" + step);
            REQUIRE_MESSAGE(made.code == 0, made.errors);
        }
        for (const char* name : { "tokenizer.json", "tokenizer_config.json" }) {
            fs::copy_file(folder_ / "series/checkpoint-2" / name, folder_ / "series" / name);
            fs::remove(folder_ / "series/checkpoint-2" / name);
            fs::remove(folder_ / "series/checkpoint-4" / name);
        }
        std::ofstream(folder_ / "series/checkpoint-4/trainer_state.json")
            << R"({"global_step": 4, "num_input_tokens_seen": 320, "log_history": [
                {"step": 2, "loss": 3.5, "learning_rate": 0.1},
                {"step": 4, "loss": 2.5, "learning_rate": 0.05},
                {"step": 4, "eval_loss": 2.25, "eval_bleu": 7.0, "eval_runtime": 1.0}]})";
    }

    Result cli(const std::string& arguments) const { return run_cli(folder_.path(), arguments); }
    Result observe(const std::string& series = "series", const std::string& more = "-o seen.loom") const
    {
        return cli("observe " + series + " --task task.jsonl --held-out task.jsonl "
            "--set circuit.top_n=20 " + more);
    }
    fs::path operator/(const std::string& name) const { return folder_ / name; }
    void copy(const std::string& from, const std::string& to) const
    {
        fs::copy(folder_ / from, folder_ / to, fs::copy_options::recursive);
    }

private:
    TemporaryFolder folder_;
};

bool says(const FoundSeries& found, const std::string& name, const std::string& what)
{
    for (const UnusedCheckpoint& one : found.unused)
        if (one.name == name && one.why.find(what) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("an observed run holds what scoring each checkpoint alone gives")
{
    const Trained trained;
    const Result observed = trained.observe();
    REQUIRE_MESSAGE(observed.code == 0, observed.errors);
    CHECK(observed.errors.find("eval_bleu") != std::string::npos);
    const ExperimentReader reader(trained / "seen.loom");
    const RunSummary run = reader.run({ 1 });
    CHECK(run.description.method == observed_method);
    CHECK(run.state == RunState::finished);
    const auto iterations = reader.iterations({ 1 });
    REQUIRE(iterations.size() == 2);
    CHECK(iterations[0].step == 2);
    CHECK(iterations[1].step == 4);
    CHECK(iterations[1].tokens == 320);
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    for (int i = 0; i < 2; ++i) {
        const std::string step = i == 0 ? "2" : "4";
        REQUIRE(trained.cli("discover t.loom:1@s" + step + " --task task.jsonl -o s" + step + ".json")
                    .code
            == 0);
        const auto alone = nlohmann::json::parse(bytes_of(trained / ("s" + step + ".json")));
        std::map<std::string, double> scores;
        double weakest = 0; // of all but the 20 strongest
        std::vector<double> strengths;
        for (const auto& edge : alone.at("edges")) {
            const auto score = edge.at("score").get<double>();
            scores[edge.at("source").get<std::string>() + "->" + edge.at("target").get<std::string>()]
                = score;
            strengths.push_back(std::abs(score));
        }
        std::ranges::sort(strengths, std::greater<>());
        weakest = strengths[20];
        const Circuit circuit = reader.circuit({ 1 }, { i });
        REQUIRE(circuit.size() == 20);
        for (const ScoredEdge& scored : circuit) {
            CAPTURE(graph.edge_name(scored.edge));
            CHECK(scores.at(graph.edge_name(scored.edge))
                == doctest::Approx(scored.score).epsilon(1e-5));
            CHECK(std::abs(scored.score) >= weakest * (1 - 1e-5));
        }
        // Its model is read again where it lies.
        const auto text = [&](const std::string& model) {
            return trained.cli("logits " + model + " --text 'the keys near the cabinet' --json").output;
        };
        const auto there = nlohmann::json::parse(text("seen.loom:1@" + std::to_string(i)));
        const auto here = nlohmann::json::parse(text("t.loom:1@s" + step));
        CHECK(there.at("log_probabilities") == here.at("log_probabilities"));
    }
    bool has_loss = false;
    for (const EvaluationRecord& one : reader.evaluations({ 1 }))
        has_loss = has_loss || (one.suite == trainer_suite && one.measure == "loss" && one.value == 2.25);
    CHECK(has_loss);
    CHECK(reader.run({ 1 }).last_loss == 2.5);

    const Result resumed = trained.cli("resume seen.loom --run 1");
    CHECK(resumed.code != 0);
    CHECK(resumed.errors.find("observed") != std::string::npos);
    fs::rename(trained / "series/checkpoint-2", trained / "away");
    const Result gone = trained.cli("logits seen.loom:1@0 --text the");
    CHECK(gone.code != 0);
    CHECK(gone.errors.find("is gone") != std::string::npos);
}

TEST_CASE("TensorBoard's event files of the training become its curves")
{
    const Trained trained;
    fs::create_directory(trained / "curves");
    std::ofstream(trained / "curves/events.out.tfevents.1.host", std::ios::binary)
        << event_file_beginning(1.0) << scalar_event(1.0, 2, "train/loss", 3.25F)
        << scalar_event(1.0, 4, "train/loss", 1.25F) << scalar_event(1.0, 4, "eval/loss", 1.75F)
        << scalar_event(1.0, 6, "train/loss", 0.25F); // after the last checkpoint
    const Result observed = trained.observe("series", "--events curves -o seen.loom");
    REQUIRE_MESSAGE(observed.code == 0, observed.errors);
    const ExperimentReader reader(trained / "seen.loom");
    const auto steps = reader.steps({ 1 });
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].loss == 3.25);
    CHECK(steps[1].loss == 1.25);
    int evaluations = 0;
    for (const EvaluationRecord& one : reader.evaluations({ 1 }))
        if (one.suite == trainer_suite) {
            ++evaluations;
            CHECK(one.value == 1.75);
        }
    CHECK(evaluations == 1);
}

TEST_CASE("a series of adapters on their base is observed as the models that they make")
{
    const TemporaryFolder folder;
    std::ofstream(folder / "task.jsonl") << task;
    const auto cli = [&](const std::string& arguments) {
        const Result result = run_cli(folder.path(), arguments);
        CAPTURE(arguments);
        REQUIRE_MESSAGE(result.code == 0, result.errors);
        return result;
    };
    for (const std::string steps : { "2", "4" }) {
        cli("tune --preset sv-disagreement --no-capabilities --set circuit.method=lora --set run.steps="
            + steps + " -o t" + steps + ".loom");
        cli("models export t" + steps + ".loom --run 1 --adapter -o series/checkpoint-" + steps);
    }
    fs::copy(folder / "series/checkpoint-4", folder / "series/checkpoint-6", fs::copy_options::recursive);
    const Result observed
        = cli("observe series --task task.jsonl --set circuit.top_n=20 -o seen.loom");
    CHECK(observed.errors.find("byte by byte") != std::string::npos);
    const ExperimentReader reader(folder / "seen.loom");
    const RunSummary run = reader.run({ 1 });
    const auto iterations = reader.iterations({ 1 });
    REQUIRE(iterations.size() == 2);
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    for (int i = 0; i < 2; ++i) {
        const std::string name
            = "checkpoint-" + std::to_string(iterations[static_cast<std::size_t>(i)].step);
        cli("discover demo --adapter series/" + name + " --task task.jsonl -o " + name + ".json");
        const auto alone = nlohmann::json::parse(bytes_of(folder / (name + ".json")));
        std::map<std::string, double> scores;
        for (const auto& edge : alone.at("edges"))
            scores[edge.at("source").get<std::string>() + "->" + edge.at("target").get<std::string>()]
                = edge.at("score").get<double>();
        const Circuit circuit = reader.circuit({ 1 }, { i });
        REQUIRE(circuit.size() == 20);
        for (const ScoredEdge& scored : circuit)
            CHECK(scores.at(graph.edge_name(scored.edge))
                == doctest::Approx(scored.score).epsilon(1e-5));
    }
    CHECK(cli("logits seen.loom:1@0 --text 'the keys' --json").output
        != cli("logits seen.loom:1@1 --text 'the keys' --json").output);
}

TEST_CASE("the same command goes on behind the last checkpoint, and observes none twice")
{
    const Trained trained;
    fs::rename(trained / "series/checkpoint-4", trained / "later");
    REQUIRE(trained.observe().code == 0);
    fs::rename(trained / "later", trained / "series/checkpoint-4");
    for (int again = 0; again < 2; ++again) {
        REQUIRE(trained.observe().code == 0);
        const ExperimentReader reader(trained / "seen.loom");
        REQUIRE(reader.runs().size() == 1);
        CHECK(reader.iterations({ 1 }).size() == 2);
        CHECK(reader.marks({ 1 }).size() == 2);
    }
    REQUIRE(trained.observe("series", "-o whole.loom").code == 0);
    const ExperimentReader parts(trained / "seen.loom");
    const ExperimentReader whole(trained / "whole.loom");
    for (int i = 0; i < 2; ++i)
        CHECK(parts.circuit({ 1 }, { i }) == whole.circuit({ 1 }, { i }));
    CHECK(parts.evaluations({ 1 }) == whole.evaluations({ 1 }));
}

TEST_CASE("what cannot be used of a series is named, and the rest goes on")
{
    const Trained trained;
    trained.copy("series/checkpoint-4", "series/checkpoint-3"); // equal weights
    trained.copy("series/checkpoint-4", "series/checkpoint-5");
    fs::remove(trained / "series/checkpoint-5/model.safetensors");
    std::ofstream(trained / "series/checkpoint-5/model.safetensors.index.json")
        << R"({"weight_map": {"a": "model-00002-of-00002.safetensors"}})";
    fs::copy(CIRCUITLOOM_TEST_DATA "/tiny_gpt2", trained / "series/checkpoint-6");
    trained.copy("series/checkpoint-4", "series/checkpoint-7");
    fs::resize_file(trained / "series/checkpoint-7/model.safetensors", 5000);
    CheckpointSeries series((trained / "series").string());
    const FoundSeries found = series.look();
    REQUIRE(found.used.size() == 2);
    CHECK(found.used[1].name == "checkpoint-4");
    CHECK(says(found, "checkpoint-3", "byte by byte those of checkpoint-4"));
    CHECK(says(found, "checkpoint-5", "model-00002-of-00002.safetensors"));
    CHECK(says(found, "checkpoint-6", "another shape"));
    CHECK(says(found, "checkpoint-7", "model.safetensors"));
    CHECK(series.look({}, std::chrono::hours(1)).used.empty()); // all has just changed
    CHECK(says(series.look({ 4 }), "checkpoint-2", "out of order"));

    std::ofstream(trained / "list.toml") << "[[checkpoint]]\npath = 'series/checkpoint-4'\nstep = 40\n"
                                            "tokens = 77\n[[checkpoint]]\npath = 'series/checkpoint-2'\n"
                                            "step = 20\n";
    const FoundSeries listed = CheckpointSeries((trained / "list.toml").string()).look();
    REQUIRE(listed.used.size() == 1);
    CHECK(listed.used[0].tokens == 77);
    CHECK(says(listed, "series/checkpoint-2", "out of order"));
}

TEST_CASE("circuits that others found are a series too, without a task")
{
    const TemporaryFolder folder;
    fs::create_directory(folder / "found");
    for (const auto& [step, score] : std::map<int, double>{ { 20, -2.0 }, { 100, 0.5 } }) {
        const nlohmann::json graph{ { "cfg", { { "n_layers", 1 }, { "n_heads", 1 } } },
            { "nodes", { { "input", true }, { "logits", true } } },
            { "edges", { { "input->logits", { { "score", score }, { "in_graph", true } } } } } };
        std::ofstream(folder / "found" / ("ioi_" + std::to_string(step) + ".json")) << graph.dump();
    }
    const Result listed = run_cli(folder.path(), "observe found --dry-run");
    REQUIRE_MESSAGE(listed.code == 0, listed.errors);
    CHECK(listed.output.find("20, 100") != std::string::npos);
    const Result made
        = run_cli(folder.path(), "observe found --name theirs --set circuit.top_n=5 -o seen.loom");
    REQUIRE_MESSAGE(made.code == 0, made.errors);
    const ExperimentReader reader(folder / "seen.loom");
    CHECK(reader.run({ 1 }).description.name == "theirs");
    const auto iterations = reader.iterations({ 1 });
    REQUIRE(iterations.size() == 2);
    CHECK(iterations[0].step == 20);
    CHECK(iterations[1].step == 100);
    CHECK(reader.circuit({ 1 }, { 1 }).front().score == doctest::Approx(0.5));
    for (const char* option : { "--task demo/disagreement", "--watch", "--events found",
             "--set name=x", "--set circuit.top_n=5 --set run.seed=2" }) {
        const Result refused
            = run_cli(folder.path(), std::string("observe found -o no.loom ") + option);
        CHECK(refused.code == 1);
        CHECK(refused.errors.find("is for checkpoints") != std::string::npos);
    }
    std::ofstream(folder / "found" / "\x1b[31mred_30.json") << "{}";
    const Result hostile = run_cli(folder.path(), "observe found --dry-run");
    CHECK(hostile.output.find("red_30") != std::string::npos);
    CHECK(hostile.output.find('\x1b') == std::string::npos);
    // Elsewhere nothing but checkpoints is looked for.
    fs::create_directory(folder / "empty");
    std::ofstream(folder / "empty" / "tokenizer.json") << "{}"; // as a training writes it first
    const Result none = run_cli(folder.path(), "observe empty --task demo/disagreement --dry-run");
    CHECK(none.code != 0);
    CHECK(none.errors.find("holds no checkpoint-N folders") != std::string::npos);
}
