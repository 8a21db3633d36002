#include "core/base/error.h"
#include "core/run/run_check.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"
#include "tests/support/tiny_run.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>

using namespace circuitloom;
using testing::Folder;
using testing::tiny_run;
using testing::tune;
using testing::Watcher;

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

TEST_CASE("the reference is the circuit that the untouched model has for that task")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.reference_task = config.task;
    config.batch = 18; // all of them, so that the first iteration scores the same examples
    config.steps = 2;
    Watcher watcher;
    tune(config, folder / "run.loom", watcher);
    const ExperimentReader reader(folder / "run.loom");
    const Circuit reference = reader.reference_circuit(watcher.run);
    const Circuit first = reader.circuit(watcher.run, { 0 });
    REQUIRE(reference.size() == first.size());
    for (std::size_t i = 0; i < reference.size(); ++i) {
        CHECK(reference[i].edge == first[i].edge);
        CHECK(reference[i].score == doctest::Approx(first[i].score).epsilon(1e-4));
    }
    for (const auto method : { TuningMethod::full, TuningMethod::lora }) {
        config.method = method;
        Watcher other;
        CHECK(tune(config, folder / "run.loom", other) == RunState::finished);
    }
    config.reference_task.clear();
    tune(config, folder / "run.loom", watcher);
    CHECK(ExperimentReader(folder / "run.loom").reference_circuit(watcher.run).empty());
}

TEST_CASE("a run whose model has reached what ends it takes no step")
{
    const Folder folder;
    RunConfig config = tiny_run(folder);
    config.stop_measure = "task.logit-diff";
    config.stop_reach = -1e6; // any model has it
    Watcher watcher;
    CHECK(tune(config, folder / "run.loom", watcher) == RunState::finished);
    CHECK(watcher.steps.empty());
    const ExperimentReader reader(folder / "run.loom");
    REQUIRE(reader.iterations(watcher.run).size() == 1); // the circuit of the untouched model
    CHECK(reader.iterations(watcher.run).front().step == 0);
    REQUIRE(reader.marks(watcher.run).size() == 1);
    CHECK(reader.marks(watcher.run).front().step == 0);
    CHECK(reader.marks(watcher.run).front().label.find("ended early") == 0);
    CHECK(watcher.evaluations.back().step == 0);
}

TEST_CASE("a run whose graph has no edges to score is refused before its model is read")
{
    const Folder folder;
    const auto model = folder / "one_layer";
    std::filesystem::copy(CIRCUITLOOM_TEST_DATA "/tiny_gpt_neox", model);
    std::filesystem::copy_file(CIRCUITLOOM_TEST_DATA "/tiny_gpt2/tokenizer.json",
        model / "tokenizer.json", std::filesystem::copy_options::skip_existing);
    std::string text;
    std::getline(std::ifstream(model / "config.json"), text, '\0');
    const std::string layers = "\"num_hidden_layers\": ";
    text.replace(text.find(layers + "2"), layers.size() + 1, layers + "1");
    std::ofstream(model / "config.json") << text;
    RunConfig config = tiny_run(folder);
    config.model = model.string();
    config.graph.kind = GraphKind::paper;
    config.resamples = 10;
    Watcher watcher;
    CHECK_THROWS_WITH_AS(
        tune(config, folder / "run.loom", watcher), doctest::Contains("no edges"), InputError);
    CHECK(check_run(config).problems.at("graph.kind").find("no edges") != std::string::npos);
    config.graph.kind = GraphKind::full;
    CHECK_FALSE(check_run(config).problems.contains("graph.kind"));
}
