// What a run cannot score circuits on, and examples that are trained on and held out as well.
#include "core/run/run_check.h"
#include "core/run/run_config.h"
#include "core/run/task_problems.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace circuitloom;
using namespace circuitloom::testing;

namespace {

const std::string span = R"("spans": [{"start": 7, "end": 12, "alternative": " run"}])";

/// A folder with task files and a run of the demo model on one of them.
class Run
{
public:
    Run()
    {
        config.model = "demo";
        config.steps = 1;
        config.batch = 1;
    }
    std::string file(const std::string& name, const std::string& jsonl)
    {
        std::ofstream(folder / name) << jsonl;
        return (folder / name).string();
    }
    Result cli(const std::string& command)
    {
        std::ofstream(folder / "run.toml") << to_toml(config);
        return run_cli(folder.path(), command);
    }
    std::string problem(const std::string& setting) const
    {
        RunCheck check = check_run(config);
        return check.problems[setting];
    }

    samples::TemporaryFolder folder;
    RunConfig config;
};

std::string sentence(const std::string& text, const std::string& more = {})
{
    return R"({"text": ")" + text + "\", " + span + more + "}\n";
}

std::size_t occurrences(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
        ++count;
    return count;
}

} // namespace

TEST_CASE("examples without a corrupted text that fits are counted where the baseline needs it")
{
    Run run;
    run.config.task = run.file("own.jsonl",
        sentence("the dog runs", R"(, "corrupted": "the dogs runs")") + sentence("the cat runs")
            + sentence("the dog runs", R"(, "corrupted": "the old dog runs")"));
    CHECK(run.problem("task.train").empty());
    run.config.discovery.baseline = Baseline::corrupted;
    const std::string said = run.problem("task.train");
    CAPTURE(said);
    CHECK(said.find("2 of 3 examples have none that fits, as Example 2 (the cat runs).")
        != std::string::npos);
    CHECK(said.find("circuit.baseline = \"mean\"") != std::string::npos);
    // The run itself ends with the same, before it reads the weights.
    const Result tuned = run.cli("tune run.toml -o x.loom");
    CHECK(tuned.code == 1);
    CHECK(tuned.errors.find(said) != std::string::npos);
    CHECK(tuned.errors.find("loading the model") == std::string::npos);
    // Of a probe of one, the one may have it; of two, one has not.
    run.config.score_on = ScoredOn::probe;
    run.config.probe_examples = 1;
    CHECK(run.problem("task.train").empty());
    run.config.probe_examples = 2;
    CHECK(!run.problem("task.train").empty());
    run.config.score_on = ScoredOn::batch;
    run.config.reference_task = run.config.task;
    run.config.task
        = run.file("fits.jsonl", sentence("the dog runs", R"(, "corrupted": "the dogs runs")"));
    CHECK(run.problem("task.train").empty());
    CHECK(!run.problem("task.reference").empty());
}

TEST_CASE("targets without an alternative are counted where the metric compares the two")
{
    Run run;
    run.config.task = run.file("own.jsonl",
        sentence("the dog runs")
            + R"({"text": "the cat runs", "spans": [{"start": 7, "end": 12}]})");
    const std::string said = run.problem("task.train");
    CAPTURE(said);
    CHECK(
        said.find("The metric logit-diff compares each target with an alternative; 1 of 2 examples "
                  "has a target without one, as Example 2 (the cat runs).")
        != std::string::npos);
    CHECK(run.cli("check run.toml").code == 1);
    CHECK(run.cli("tune run.toml -o x.loom").errors.find(said) != std::string::npos);
    run.config.discovery.metric = MetricKind::log_prob;
    CHECK(run.problem("task.train").empty());
    CHECK(run.cli("check run.toml").code == 0);
}

TEST_CASE("held-out examples that are trained on are said once, by check and by tune")
{
    Run run;
    run.config.task = run.file("own.jsonl",
        sentence("the dog runs") + sentence("the cat runs", R"(, "corrupt": "the cats runs")"));
    run.config.held_out_task
        = run.file("held.jsonl", sentence("the dog runs") + sentence("the boy runs"));
    const std::string note = "1 of 2 held-out examples is also in the task that is trained on, so "
                             "the held-out figures say less about new sentences.";
    const Result checked = run.cli("check run.toml");
    CHECK(checked.code == 0);
    CHECK(checked.output.find("note: " + note + "\n") != std::string::npos);
    CHECK(checked.output.find("a field \"corrupt\", which is not read; did you mean corrupted?\n")
        != std::string::npos);
    const Result tuned = run.cli("tune run.toml --seeds 2 -o x.loom");
    CAPTURE(tuned.errors);
    CHECK(tuned.code == 0);
    CHECK(occurrences(tuned.errors, note + "\n") == 1);
    CHECK(occurrences(tuned.errors, "did you mean corrupted?\n") == 1);
    CHECK(occurrences(tuned.errors, "reading the task " + run.config.task + " …\n") == 2);
    CHECK(parse_run_check(run.cli("check run.toml --json").output, "it").notes.back() == note);
    run.config.held_out_task = run.config.task;
    CHECK(check_run(run.config).notes.back().find("say nothing about") != std::string::npos);
}

TEST_CASE("no ready-made experiment holds out what it trains on")
{
    for (const PresetInfo& preset : presets()) {
        CAPTURE(preset.name);
        RunConfig config = circuitloom::preset(preset.name);
        config.model = "demo"; // the tokenizers of others are not in the repository
        if (config.task.starts_with("demo/") || config.task.find('/') == std::string::npos)
            CHECK(check_run(config).notes.empty());
    }
}
