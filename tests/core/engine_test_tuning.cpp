#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "core/base/error.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"
#include "core/tasks/task.h"
#include "core/tuning/tuning_engine.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include <unistd.h>

using namespace circuitloom;

namespace {

class Watcher : public RunObserver
{
public:
    void preparing(const std::string&) override { }
    void started(RunId id, const std::string&, int) override { run = id; }
    void step_done(const StepRecord& step, double) override
    {
        steps.push_back(step);
        if (stop_after == step.step)
            source.request_stop();
    }
    void iteration_committed(const IterationRecord& iteration) override
    {
        iterations.push_back(iteration);
    }
    void evaluated(const std::vector<EvaluationRecord>& records) override
    {
        evaluations.insert(evaluations.end(), records.begin(), records.end());
    }
    void marked(const MarkRecord&) override { }

    RunId run;
    std::vector<StepRecord> steps;
    std::vector<IterationRecord> iterations;
    std::vector<EvaluationRecord> evaluations;
    std::stop_source source;
    int stop_after = -1;
};

// A folder with a task for the tiny model, gone at the end.
class Folder
{
public:
    Folder()
        : path_(std::filesystem::temp_directory_path()
            / ("circuitloom-tuning-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(path_);
        std::vector<TaskExample> examples;
        for (const char* first : { "ab", "cd", "ef", "gh", "ij", "kl" })
            for (const char* second : { "mn", "op", "qr" }) {
                const std::string text = std::string(first) + second + "x";
                const int end = static_cast<int>(text.size());
                examples.push_back({ text, { { end - 1, end, "y" } }, {} });
            }
        std::ofstream(path_ / "task.jsonl") << to_jsonl(examples);
        std::ofstream(path_ / "suite.jsonl")
            << "{\"prompt\": \"abmn\", \"choices\": [\"x\", \"y\"], \"answer\": 0}\n";
        std::ofstream(path_ / "text.txt") << "abcdefghijklmnopqrstuvwxyz";
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

RunConfig tiny_run(const Folder& folder)
{
    RunConfig config;
    config.model = std::string(CIRCUITLOOM_TEST_DATA) + "/tiny_gpt2";
    config.task = (folder / "task.jsonl").string();
    config.held_out_task = config.task;
    config.capabilities = { { "letters", (folder / "suite.jsonl").string() },
        { "text", (folder / "text.txt").string() } };
    config.selection.n = 8;
    config.steps = 12;
    config.batch = 4;
    config.learning_rate = 0.05;
    config.warm_up = 0;
    config.evaluate_every = 6;
    config.discover_every = 3;
    config.device = "cpu";
    return config;
}

RunState tune(const RunConfig& config, const std::filesystem::path& file, Watcher& watcher)
{
    RunControl control;
    return make_tuning_engine()->tune(config, file, watcher, control, watcher.source.get_token());
}

} // namespace

TEST_CASE("a run learns its task and stores every iteration as it was announced")
{
    const Folder folder;
    Watcher watcher;
    const RunConfig config = tiny_run(folder);
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(watcher.steps.size() == 12);

    const ExperimentReader reader(folder / "run.loom");
    const RunSummary run = reader.run(watcher.run);
    CHECK(run.state == RunState::finished);
    CHECK(run_config_from_json(run.description.configuration) == config);

    // Discoveries before steps 1, 4, 7 and 10, and one of the model as it ended.
    const auto iterations = reader.iterations(watcher.run);
    REQUIRE(iterations.size() == 5);
    REQUIRE(watcher.iterations.size() == 5);
    std::vector<int> steps;
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        CHECK(iterations[i].index.value == static_cast<int>(i));
        CHECK(iterations[i].metric == watcher.iterations[i].metric);
        CHECK(iterations[i].tunable_ratio > 0);
        CHECK(iterations[i].tunable_ratio < 1);
        steps.push_back(iterations[i].step);
        const Circuit circuit = reader.circuit(watcher.run, iterations[i].index);
        CHECK(circuit.size() == 8);
        std::set<std::int32_t> different;
        for (const ScoredEdge& scored : circuit)
            different.insert(scored.edge.value);
        CHECK(different.size() == 8);
    }
    CHECK(steps == std::vector<int>{ 0, 3, 6, 9, 12 });
    CHECK(reader.steps(watcher.run).size() == 12);

    const auto evaluations = reader.evaluations(watcher.run);
    const auto value
        = [&evaluations](const std::string& suite, const std::string& measure, int step) {
              for (const auto& record : evaluations)
                  if (record.suite == suite && record.measure == measure && record.step == step)
                      return record.value;
              FAIL(suite << " was not evaluated at step " << step);
              return 0.0;
          };
    CHECK(value("task", "logit-diff", 12) > value("task", "logit-diff", 0));
    CHECK(value("text", "perplexity", 6) > 1);
    CHECK(value("letters", "accuracy", 0) >= 0);
}

TEST_CASE("the same seed gives the same run, another one another")
{
    const Folder folder;
    const auto circuits = [&folder](const char* name, std::uint64_t seed) {
        RunConfig config = tiny_run(folder);
        config.seed = seed;
        Watcher watcher;
        tune(config, folder / name, watcher);
        const ExperimentReader reader(folder / name);
        std::vector<Circuit> found;
        for (const auto& iteration : reader.iterations(watcher.run))
            found.push_back(reader.circuit(watcher.run, iteration.index));
        return found;
    };
    const auto first = circuits("first.loom", 3);
    CHECK((first == circuits("again.loom", 3)));
    CHECK((first != circuits("other.loom", 4)));
}

TEST_CASE("a stop ends the run at its next step and keeps what it has")
{
    const Folder folder;
    Watcher watcher;
    watcher.stop_after = 4;
    CHECK(tune(tiny_run(folder), folder / "run.loom", watcher) == RunState::stopped);
    const ExperimentReader reader(folder / "run.loom");
    CHECK(reader.run(watcher.run).state == RunState::stopped);
    CHECK(reader.steps(watcher.run).size() == 4);
    CHECK(reader.iterations(watcher.run).size() == 2);
}

TEST_CASE("full fine-tuning opens everything, a random circuit is redrawn")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.method = TuningMethod::full;
    Watcher full;
    tune(config, folder / "full.loom", full);
    for (const auto& iteration : full.iterations)
        CHECK(iteration.tunable_ratio == 1.0);

    config.method = TuningMethod::random;
    Watcher random;
    tune(config, folder / "random.loom", random);
    for (const auto& iteration : random.iterations)
        CHECK(iteration.entered > 0);
}

TEST_CASE("a diverging run fails with a sentence, in its file too")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.method = TuningMethod::full;
    config.learning_rate = 100;
    Watcher watcher;
    CHECK_THROWS_AS(tune(config, folder / "run.loom", watcher), Error);
    const ExperimentReader reader(folder / "run.loom");
    const RunSummary run = reader.run(watcher.run);
    CHECK(run.state == RunState::failed);
    CHECK(run.message.find("learning_rate") != std::string::npos);
}

TEST_CASE("epochs count the steps, and an evaluated measure can end a run early")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.epochs = 3; // 18 examples, 4 at a time, twice to a step: 6.75 steps
    config.accumulate = 2;
    Watcher watcher;
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(watcher.steps.size() == 7);
    CHECK(ExperimentReader(folder / "run.loom").run(watcher.run).description.steps == 7);

    config = tiny_run(folder);
    config.steps = 40;
    config.evaluate_every = 2;
    config.stop_measure = "letters.accuracy";
    config.stop_patience = 2;
    Watcher early;
    CHECK(tune(config, folder / "run.loom", early) == RunState::finished);
    CHECK(early.steps.size() < 40);
    const ExperimentReader reader(folder / "run.loom");
    CHECK(reader.iterations(early.run).back().step == static_cast<int>(early.steps.size()));
    CHECK(reader.marks(early.run).back().label.find("ended early") == 0);
}

TEST_CASE("LoRA and a fixed circuit run as the other methods do")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.method = TuningMethod::lora;
    config.lora_rank = 1;
    Watcher lora;
    tune(config, folder / "run.loom", lora);
    REQUIRE(lora.iterations.size() == 5);
    for (const auto& iteration : lora.iterations)
        CHECK(iteration.tunable_count == lora.iterations.front().tunable_count);
    CHECK(lora.steps.back().loss < lora.steps.front().loss);

    config.method = TuningMethod::fixed;
    Watcher fixed;
    tune(config, folder / "run.loom", fixed);
    REQUIRE(fixed.iterations.size() == 2); // at the start and at the end
    CHECK(fixed.iterations.back().entered == 0);
}
