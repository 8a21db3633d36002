#include "core/base/measure.h"
#include "core/run/run_config.h"
#include "core/run/run_measures.h"
#include "core/store/bookmarks.h"
#include "core/store/experiment_reader.h"
#include "tests/support/program.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace circuitloom;
using namespace circuitloom::testing;

// The commands that only read experiments, run as a user runs them.

namespace {

/// An experiment of two runs: the first with three iterations, the second with none.
class Experiment
{
public:
    Experiment()
    {
        RunWriter first(file(), samples::description("first"));
        for (int i = 0; i < 3; ++i)
            first.add_iteration(samples::iteration(i), samples::circuit(i));
        first.add_step({ 1, 2.5, -0.25, 0.01 });
        first.add_evaluations({ { 0, "was/were", "accuracy", 1.0, 40 } });
        first.add_evaluations({ { 3, "was/were", "accuracy", 0.525, 40 } });
        first.set_state(RunState::finished);
        add_bookmark(file(), { 0, first.id(), { 2 }, "turning point", "two\nlines", 0 });
        RunWriter second(file(), samples::description("second"));
        second.set_state(RunState::failed, "the disk was full");
    }

    std::filesystem::path file() const { return folder_ / "two runs.loom"; }
    std::filesystem::path in(const std::string& name) const { return folder_ / name; }

    Result cli(const std::string& arguments) const { return run_cli(folder_.path(), arguments); }
    std::string quoted_file() const { return "'" + file().string() + "' "; }

private:
    samples::TemporaryFolder folder_;
};

bool one_line_of_error(const Result& result)
{
    return result.code == 1 && result.errors.starts_with("circuitloom-cli: ")
        && result.errors.find('\n') == result.errors.size() - 1;
}

} // namespace

TEST_CASE("runs: the list and one run, as text and as JSON")
{
    const Experiment experiment;
    const Result list = experiment.cli("runs " + experiment.quoted_file());
    CHECK(list.code == 0);
    CHECK(std::count(list.output.begin(), list.output.end(), '\n') == 3);

    const auto runs = nlohmann::json::parse(
        experiment.cli("runs " + experiment.quoted_file() + "--json").output);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0]["name"] == "first");
    CHECK(runs[0]["iterations"] == 3);
    CHECK(runs[0]["seed"] == samples::description().seed);
    CHECK(runs[1]["state"] == "failed");
    CHECK(runs[1]["last_loss"].is_null());

    const Result text = experiment.cli("runs " + experiment.quoted_file() + "show 1");
    CHECK(text.code == 0);
    CHECK(text.output.find("52.5 %") != std::string::npos);
    CHECK(text.output.find("-47.5") != std::string::npos);
    CHECK(text.output.find("iteration 2: turning point") != std::string::npos);
    const auto run = nlohmann::json::parse(
        experiment.cli("runs " + experiment.quoted_file() + "show 1 --json").output);
    CHECK(run["configuration"]["top_n"] == 12);
    CHECK(run["evaluations"].size() == 2);
    CHECK(run["bookmarks"][0]["name"] == "turning point");
    CHECK(run["bookmarks"][0]["note"] == "two\nlines");
    CHECK(run["iteration_records"][2]["tunable_count"] == 1002);
}

TEST_CASE("runs --table leaves out what has not finished, and says which")
{
    const samples::TemporaryFolder folder;
    const auto write = [&](std::uint64_t seed, RunState state, double accuracy) {
        RunDescription description = samples::description("r");
        RunConfig config;
        config.seed = seed;
        description.seed = seed;
        description.configuration = to_json(config);
        RunWriter run(folder / "a.loom", description);
        run.add_iteration(samples::iteration(0), samples::circuit(0));
        run.add_evaluations(
            { { 0, "facts", "accuracy", 1.0, 40 }, { 1, "facts", "accuracy", accuracy, 40 },
                { 0, "task", "accuracy", 0.5, 40 }, { 1, "task", "accuracy", 0.75, 40 },
                { 0, "task", "exact-token", 0.5, 40 }, { 1, "task", "exact-token", 0.75, 40 } });
        run.set_state(state);
    };
    write(1, RunState::finished, 0.5);
    write(2, RunState::stopped, 1.0);
    write(3, RunState::finished, 0.7);
    const Result table = run_cli(folder.path(), "runs a.loom --table --json");
    CHECK(table.code == 0);
    const auto groups = nlohmann::json::parse(table.output);
    REQUIRE(groups.size() == 1);
    CHECK(groups[0]["runs"] == nlohmann::json{ 1, 3 });
    CHECK(groups[0]["figures"]["capabilities, mean accuracy"]["mean"].get<double>()
        == doctest::Approx(0.6));
    CHECK(table.errors == "left out is run 2 (stopped), which has not finished\n");
    CHECK(run_cli(folder.path(), "runs a.loom --table --csv").errors == table.errors);
    // The figures of the task have the names that one run's table gives them.
    const std::string shown = run_cli(folder.path(), "runs a.loom show 1").output;
    const std::string text = run_cli(folder.path(), "runs a.loom --table").output;
    for (const char* name : { "prefers the target", "exact next token" }) {
        CAPTURE(name);
        CHECK(shown.find(name) != std::string::npos);
        CHECK(text.find(name) != std::string::npos);
    }
    CHECK(text.find("task accuracy") == std::string::npos);
    CHECK(text.find("exact-token") == std::string::npos);
}

TEST_CASE("who gives no command, or one that is none, is told how to begin")
{
    const samples::TemporaryFolder folder;
    for (const auto& [typed, said] : { std::pair{ "demo", "There is no command demo. " },
             std::pair{ "", "Give a command. " } }) {
        const Result result = run_cli(folder.path(), typed);
        CHECK(result.code == 2);
        CHECK(result.errors.starts_with(said));
        CHECK(result.errors.find("circuitloom-cli tune --preset sv-disagreement -o demo.loom")
            != std::string::npos);
    }
    // What it says can be typed.
    const Result made = run_cli(folder.path(),
        "tune --preset sv-disagreement --no-capabilities --set run.steps=1 -o demo.loom");
    CHECK(made.code == 0);
    for (const char* next :
        { "circuitloom demo.loom", "circuitloom-cli runs demo.loom --dynamics 1",
            "circuitloom-cli export demo.loom --run 1 -o circuit.json" })
        CHECK(made.output.find(next) != std::string::npos);
    CHECK(run_cli(folder.path(), "runs demo.loom").code == 0);
    CHECK(run_cli(folder.path(), "runs demo.loom --dynamics 1").code == 0);
    CHECK(run_cli(folder.path(), "export demo.loom --run 1 -o circuit.json").code == 0);
}

TEST_CASE("train-demo-model looks at its target before it trains")
{
    const samples::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "model");
    std::ofstream(folder / "model/config.json") << "{}";
    // It would train for hours.
    const Result refused = run_cli(folder.path(), "train-demo-model --steps 10000000 -o model");
    CHECK(one_line_of_error(refused));
    CHECK(refused.errors.find("model holds config.json already") != std::string::npos);
    const Result nowhere
        = run_cli(folder.path(), "train-demo-model --steps 10000000 -o model/config.json/deeper");
    CHECK(one_line_of_error(nowhere));
}

TEST_CASE("ablate: the random choices' changes stand beside the change")
{
    const samples::TemporaryFolder folder;
    const std::string asked = "ablate demo --without a2.h5 --task demo/disagreement --examples 8 "
                              "--random 3 ";
    const Result text = run_cli(folder.path(), asked);
    REQUIRE(text.code == 0);
    const auto json = nlohmann::json::parse(run_cli(folder.path(), asked + "--json").output);
    CHECK(text.output.find("random change") != std::string::npos);
    const auto figure = json["figures"][0];
    double mean = 0;
    for (const auto& value : figure["random"])
        mean += (value.get<double>() - figure["whole"].get<double>()) / 3;
    const auto name = figure["measure"].get<std::string>();
    const Measure measure = measure_named(name);
    std::istringstream lines(text.output);
    std::string line;
    while (std::getline(lines, line) && line.find(std::string(measure.name)) == std::string::npos) {
    }
    CAPTURE(line);
    CHECK(line.find("  " + change_text(measure, mean) + " ± ") != std::string::npos);
}

TEST_CASE("ablate: of an iteration's circuit the best edges can stay alone")
{
    const samples::TemporaryFolder folder;
    const Result run = run_cli(folder.path(),
        "tune --preset sv-disagreement --set run.steps=1 --no-capabilities -o run.loom");
    REQUIRE_MESSAGE(run.code == 0, run.errors);
    const auto left = [&](const std::string& top_n) {
        const auto json = nlohmann::json::parse(run_cli(folder.path(),
            "ablate demo --only run.loom:1@0 --task demo/debias --examples 2 --json " + top_n)
                                                    .output);
        return json["edges"].get<int>() - json["ablated"].get<int>();
    };
    const int whole = left("");
    CHECK(whole > 3);
    CHECK(left("--top-n 3") == 3);
    CHECK(left("--top-n 1000") == whole);
}

TEST_CASE("export: the iteration that was asked for, in the format that was asked for")
{
    const Experiment experiment;
    const std::string file = experiment.quoted_file();
    const std::string out = "-o '" + experiment.in("c.json").string() + "'";
    CHECK(experiment.cli("export " + file + "--run 1 --iteration 1 " + out).code == 0);
    const auto json = nlohmann::json::parse(bytes_of(experiment.in("c.json")));
    CHECK(json["run"] == 1);
    CHECK(json["iteration"] == 1);
    const RunDescription run = samples::description();
    const ComputationalGraph graph(run.shape, run.graph);
    REQUIRE(json["edges"].size() == samples::circuit(1).size());
    for (std::size_t i = 0; i < json["edges"].size(); ++i)
        CHECK(json["edges"][i]["source"].get<std::string>() + "->"
                + json["edges"][i]["target"].get<std::string>()
            == graph.edge_name(samples::circuit(1)[i].edge));

    const Result csv = experiment.cli("export " + file + "--run 1 --format csv");
    CHECK(csv.code == 0);
    CHECK(csv.output.starts_with("source,target,score\r\n"));
    CHECK(experiment.cli("export " + file + "--run 1 --format dot").output.starts_with("digraph"));
    const Result graphml = experiment.cli("export " + file + "--run 1 --format graphml");
    CHECK(graphml.output.find("<data key=\"iteration\">2</data>") != std::string::npos);
}

TEST_CASE("what cannot be done ends with one line and code 1, wrong usage with code 2")
{
    const Experiment experiment;
    const std::string file = experiment.quoted_file();
    for (const std::string& arguments :
        { std::string("runs nowhere.loom"), "runs " + file + "show 9",
            "export " + file + "--run 2 --format csv", "export " + file + "--run 9 --format csv",
            "export " + file + "--run 1 --iteration 3 --format csv", "export " + file,
            "export " + file + "--run 1 --format csv -o /nowhere/at/all.csv",
            std::string("tune nowhere.toml -o x.loom"),
            std::string("tune --preset nobody -o x.loom"),
            std::string("tune --preset sv-disagreement --set run.stpes=3 -o x.loom"),
            std::string("tune --preset sv-disagreement --compare ful -o x.loom"),
            "tune --preset sv-disagreement -o x.loom --match-budget " + file,
            std::string("tune --preset sv-disagreement -o x.loom --match-budget nowhere.loom:1"),
            "tune --preset sv-disagreement -o x.loom --set circuit.method=full --match-budget '"
                + experiment.file().string() + ":1'" }) {
        CAPTURE(arguments);
        CHECK(one_line_of_error(experiment.cli(arguments)));
    }
    for (const std::string& arguments : { std::string(), std::string("dance"), std::string("runs"),
             "export " + file + "--format png", "runs " + file + "show first",
             "runs " + file + "--table --compare 1,2", "runs " + file + "--compact --certainty 1",
             "runs " + file + "--compare 1,2 show 1", "runs " + file + "--table list",
             "runs " + file + "--table --layout csv --json", std::string("tune -o x.loom"),
             std::string("tune --preset sv-disagreement"),
             std::string("tune --preset sv-disagreement --seeds 0 -o x.loom") }) {
        CAPTURE(arguments);
        CHECK(experiment.cli(arguments).code == 2);
    }
    for (const char* arguments :
        { "--help", "--version", "tune --help", "runs --help", "export --help" })
        CHECK(experiment.cli(arguments).code == 0);
}

TEST_CASE("a new experiment is called .loom, and what is there already as it is")
{
    const Experiment experiment;
    std::ofstream(experiment.in("log.jsonl"))
        << R"({"edges": {"step": 4, "edges": [["mlp.0", "mlp.1", 0.5]]}})" << "\n";
    const std::string file = experiment.quoted_file();
    const std::string commands[] = { "tune --preset sv-disagreement -o ", "import log.jsonl -o ",
        "tune --preset sv-disagreement --sweep circuit.top_n=1,2 --print-jobs -o ",
        "observe log.jsonl -o ", "observe none --task demo/disagreement -o ",
        "mirror ssh://server/far.loom --once -o " };
    for (const std::string& command : commands) {
        CAPTURE(command);
        const Result refused = experiment.cli(command + "results.txt");
        CHECK(one_line_of_error(refused));
        CHECK(refused.errors.find("results.txt") != std::string::npos);
        CHECK(refused.errors.find("name it results.loom") != std::string::npos);
    }
    CHECK(experiment.cli("runs merge " + file + "-o all").errors.find("name it all.loom")
        != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(experiment.in("results.txt")));
    CHECK_FALSE(std::filesystem::exists(experiment.in("all")));
    CHECK(experiment.cli("runs merge " + file + "-o ALL.LOOM").code == 0);
    std::filesystem::rename(experiment.in("ALL.LOOM"), experiment.in("all.db"));
    CHECK(experiment.cli("import log.jsonl -o all.db").code == 0);
    CHECK(ExperimentReader(experiment.in("all.db")).runs().size() == 3);
}

TEST_CASE("a file whose name begins as an address does is a file")
{
    const Experiment experiment;
    const Result merged
        = experiment.cli("runs merge " + experiment.quoted_file() + "-o file:all.loom");
    CHECK(merged.code == 0);
    CHECK(ExperimentReader(experiment.in("file:all.loom")).runs().size() == 2);
    CHECK(experiment.cli("runs file:all.loom").code == 0);
    CHECK_FALSE(std::filesystem::exists(experiment.in("all.loom")));
    CHECK(experiment.cli("runs merge " + experiment.quoted_file() + "-o file:all.loom").code == 0);
    CHECK(ExperimentReader(experiment.in("file:all.loom")).runs().size() == 4);
}

TEST_CASE("tune --compare: every method with every seed, and what came of it")
{
    const Experiment experiment;
    const std::string out = " -o '" + experiment.in("compared.loom").string() + "'";
    const Result result = experiment.cli(
        "tune --preset sv-disagreement --set run.steps=2 --set run.evaluate_every=2 "
        "--set run.evaluation_items=20 --no-capabilities --compare full,lora,fixed,random "
        "--seeds 2 --json"
        + out);
    REQUIRE(result.code == 0);
    const auto json = nlohmann::json::parse(result.output);
    REQUIRE(json["runs"].size() == 10);
    const ExperimentReader reader(experiment.in("compared.loom"));
    const auto runs = reader.runs();
    REQUIRE(runs.size() == 10);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        CHECK(runs[i].state == RunState::finished);
        CHECK(runs[i].description.method == json["runs"][i]["method"].get<std::string>());
        CHECK(runs[i].description.seed == json["runs"][i]["seed"].get<std::uint64_t>());
    }
    CHECK(runs[0].description.method == "circuit");
    CHECK(runs[9].description.seed == runs[0].description.seed + 1);
    for (const auto& figure : json["figures"]) {
        CAPTURE(figure["name"]);
        const auto& values = figure["methods"]["fixed"]["values"];
        REQUIRE(values.size() == 2);
        CHECK(figure["methods"]["fixed"]["mean"].get<double>()
            == doctest::Approx((values[0].get<double>() + values[1].get<double>()) / 2));
        if (figure["name"] == "task logit-diff") {
            const auto evaluations = reader.evaluations(runs[3].id);
            CHECK(runs[3].description.method == "fixed");
            CHECK(evaluations.back().measure == "logit-diff");
            CHECK(values[0] == evaluations.back().value);
            const auto before
                = std::ranges::find(evaluations, "logit-diff", &EvaluationRecord::measure);
            CHECK(before->step == 0);
            CHECK(figure["before"] == before->value);
        }
    }

    // A budget is taken from a run of the file.
    const Result matched = experiment.cli("tune --preset sv-disagreement --set run.steps=1 "
                                          "--no-capabilities --set circuit.method=lora "
                                          "--match-budget '"
        + experiment.in("compared.loom").string() + ":1' --json" + out);
    CHECK(matched.code == 0);
    CHECK(matched.errors.find("lora.rank = ") != std::string::npos);
}

TEST_CASE(
    "tune --compare on equal terms: each method's rate by validation, as many entries as circuits")
{
    const Experiment experiment;
    const std::string out = " -o '" + experiment.in("fair.loom").string() + "'";
    const std::string base = "tune --preset sv-disagreement --set run.steps=2 "
                             "--set run.evaluate_every=2 --set run.evaluation_items=20 "
                             "--no-capabilities --json --seeds 2";
    const Result result = experiment.cli(
        base + " --compare gradient,full --match-budget auto --learning-rates 0.001,0.3" + out);
    REQUIRE(result.code == 0);
    const auto json = nlohmann::json::parse(result.output);
    const auto& fair = json["fair"];
    CHECK(fair["validation"] == "examples 21 to 40 of demo/disagreement-held-out");
    CHECK(fair["reported"] == "examples 1 to 20 of demo/disagreement-held-out");

    // Each run's last step, of those that were tried too, is told in its file's metric.
    std::istringstream lines(result.errors);
    int told = 0;
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("tuning  2 of 2")) {
            CAPTURE(line);
            CHECK(line.find("logit-diff") != std::string::npos);
            ++told;
        }
    CHECK(told == 12);

    // What was tried lies in a file beside, and the rates follow from it: the best score, and of
    // scores that are as good the smallest rate.
    const auto tried = ExperimentReader(experiment.in("fair-rates.loom")).runs();
    REQUIRE(tried.size() == 6);
    for (const auto& [method, found] : fair["methods"].items()) {
        CAPTURE(method);
        REQUIRE(found["tried"].size() == 2);
        const double first = found["tried"][0]["score"].get<double>();
        const double second = found["tried"][1]["score"].get<double>();
        CHECK(found["learning_rate"].get<double>() == (second - first > 0.01 ? 0.3 : 0.001));
    }

    const ExperimentReader reader(experiment.in("fair.loom"));
    const auto runs = reader.runs();
    REQUIRE(runs.size() == 6);
    const auto count = [](const ExperimentReader& file, RunId run) {
        double sum = 0;
        const auto iterations = file.iterations(run);
        for (const IterationRecord& iteration : iterations)
            sum += static_cast<double>(iteration.tunable_count);
        return sum / static_cast<double>(iterations.size());
    };
    const double budget = count(reader, runs[0].id);
    for (const RunSummary& run : runs) {
        const RunConfig config = run_config_from_json(run.description.configuration);
        CHECK(config.learning_rate
            == fair["methods"][run.description.method]["learning_rate"].get<double>());
        if (run.description.method == "gradient")
            CHECK(std::abs(count(reader, run.id) - budget) <= 1);
    }

    // The picture has a mark for every run and one for every method's mean.
    const std::string drawn = experiment.in("fair.svg").string();
    const Result pictured = experiment.cli(
        "tune --preset sv-disagreement --set run.steps=2 --set run.evaluate_every=2 "
        "--set run.evaluation_items=20 --seeds 2 --compare full --picture '"
        + drawn + "' -o '" + experiment.in("pictured.loom").string() + "'");
    REQUIRE(pictured.code == 0);
    std::ifstream picture(drawn);
    const std::string svg(std::istreambuf_iterator<char>(picture), {});
    const auto times = [&svg](const std::string& part) {
        int found = 0;
        for (std::size_t at = svg.find(part); at != svg.npos; at = svg.find(part, at + 1))
            ++found;
        return found;
    };
    CHECK(svg.find("capabilities, mean accuracy (%)") != std::string::npos);
    CHECK(times("fill-opacity=\"0.35\"") == 4);
    CHECK(times("class=\"front\"") == 1); // nothing is learnt in two steps
    const Result without = experiment.cli("tune --preset sv-disagreement --no-capabilities "
                                          "--compare full --picture x.svg"
        + out);
    CHECK(without.code != 0);
    CHECK(without.errors.find("--picture") != std::string::npos);

    // There must be enough held-out examples for both.
    const Result few
        = experiment.cli("tune --preset sv-disagreement --set run.evaluation_items=1500 "
                         "--set run.steps=1 --compare full --learning-rates 0.1"
            + out);
    CHECK(few.code != 0);
    CHECK(few.errors.find("run.evaluation_items") != std::string::npos);
    CHECK(ExperimentReader(experiment.in("fair-rates.loom")).runs().size() == tried.size());
    CHECK(experiment.cli("tune --preset sv-disagreement --match-budget auto" + out).code != 0);
    CHECK(experiment.cli("tune --preset sv-disagreement --learning-rates 0.1" + out).code != 0);
}

TEST_CASE(
    "tune --sweep makes what the file has not finished, and its table has a line for each value")
{
    const Experiment experiment;
    const std::string out = " -o '" + experiment.in("swept.loom").string() + "'";
    const std::string base = "tune --preset sv-disagreement --set run.steps=1 --no-capabilities "
                             "--set task.held_out= --set task.reference= --json --seeds 2";
    REQUIRE(experiment.cli(base + " --sweep circuit.top_n=5" + out).code == 0);
    const Result both
        = experiment.cli(base + " --set name=other --sweep circuit.top_n=5..10+5" + out);
    REQUIRE(both.code == 0);
    CHECK(both.errors.find("run 1 of 4: top_n 5, seed 1, is in the file already")
        != std::string::npos);
    const auto runs = ExperimentReader(experiment.in("swept.loom")).runs();
    REQUIRE(runs.size() == 4);
    for (const RunSummary& run : runs)
        CHECK(run.state == RunState::finished);
    const auto table = nlohmann::json::parse(both.output);
    REQUIRE(table.size() == 2);
    CHECK(table[0]["settings"]["circuit.top_n"] == "5");
    CHECK(table[0]["runs"].size() == 2);
    CHECK(table[1]["settings"]["circuit.top_n"] == "10");

    // Seeds alone, the first two of which are there.
    const std::string three = std::string(base).replace(base.find("--seeds 2"), 9, "--seeds 3");
    REQUIRE(experiment.cli(three + " --set circuit.top_n=10" + out).code == 0);
    CHECK(ExperimentReader(experiment.in("swept.loom")).runs().size() == 5);
}

TEST_CASE("tune warns where the whole run is warm-up, and only there")
{
    const Experiment experiment;
    for (const bool covered : { true, false }) {
        const Result result = experiment.cli("tune --preset sv-disagreement --no-capabilities "
                                             "--set task.held_out= --set task.reference= "
                                             "--set run.steps=2 --set optimizer.warm_up="
            + std::string(covered ? "2" : "1") + " -o '" + experiment.in("warm.loom").string()
            + "'");
        CHECK(result.code == 0);
        CHECK((result.errors.find("optimizer.warm_up = 2") != std::string::npos) == covered);
    }
}

TEST_CASE("tune lists the ready-made runs and every setting")
{
    const Experiment experiment;
    const Result presets = experiment.cli("tune --list-presets");
    CHECK(presets.code == 0);
    CHECK(presets.output.find("change-one-fact") != std::string::npos);
    CHECK(presets.output.find("Moves one capital") != std::string::npos);
    const Result settings = experiment.cli("tune --list-settings --preset de-bias-pronouns");
    CHECK(settings.code == 0);
    CHECK(settings.output.find("objective.metric_penalty = 1\n") != std::string::npos);
    CHECK(settings.output.find("checkpoint.limit_mb") != std::string::npos);
    std::ofstream(experiment.in("mine.toml")) << "[task]\ntrain = \"demo/debias\"\n";
    const Result mine
        = experiment.cli("tune mine.toml --list-settings --set circuit.top_n=7 --strict");
    CAPTURE(mine.errors);
    CHECK(mine.output.find("task.train = demo/debias\n") != std::string::npos);
    CHECK(mine.output.find("circuit.top_n = 7\n") != std::string::npos);
    CHECK(mine.output.find("task.strict = true\n") != std::string::npos);
}

TEST_CASE("what stands in the place of a value is refused by its name")
{
    const Experiment experiment;
    const std::string file = experiment.quoted_file();
    const auto refusal = [&](const std::string& arguments) {
        const Result result = experiment.cli(arguments);
        CHECK(result.code == 2);
        return result.errors;
    };
    const auto begins = [](const std::string& text, const std::string& beginning) {
        CAPTURE(text);
        CHECK(text.starts_with(beginning));
    };
    // Nothing in it, in either way of writing.
    begins(refusal("runs ''"), "file is empty");
    begins(refusal("runs " + file + "--dynamics ''"), "--dynamics is empty");
    begins(refusal("tokenize '' --text a"), "model is empty");
    begins(refusal("export " + file + "--run 1 --format csv -o ''"), "--output is empty");
    begins(refusal("circuits consensus " + file + "--run 1 --share="), "--share needs a value");
    CHECK(experiment.cli("tokenize demo --text ''").code != 2);
    // No number, none of that kind, or none that can be had.
    begins(refusal("runs " + file + "show first"), "run is first; it must be a whole number");
    begins(refusal("runs " + file + "--dynamics 1e400"), "--dynamics is 1e400; it must be a whole");
    for (const char* seed : { "-1", "99999999999999999999", "nan", "1.5" })
        begins(refusal("tasks make greater-than --model demo -o x --seed " + std::string(seed)),
            "--seed is " + std::string(seed) + "; it must be a whole number from 0");
    for (const char* share : { "nan", "inf", "1e400", "half" })
        begins(refusal("circuits consensus " + file + "--run 1 --share " + std::string(share)),
            "--share is " + std::string(share) + "; it must be a number");
    begins(refusal("circuits consensus " + file + "--run 1 --share 1.5"),
        "--share is 1.5; it must be from 0 to 1.");
    begins(refusal("circuits convert x --model demo --format scores -o y --top-n 0"),
        "--top-n is 0; it must be above 0.");
    begins(refusal("circuits convert x --model demo --format png -o y"),
        "--format is png; it must be one of ");
    begins(
        refusal("tokenize demo --text a --text b"), "--text is given 2 times; it is taken once.");
    // A number means what is written, also with zeros before it.
    CHECK(experiment.cli("runs " + file + "show 001").code == 0);
    CHECK(
        experiment.cli("runs " + file + "show 010").errors.find("no run 10.") != std::string::npos);
    // What reaches the terminal is neither endless nor a command to it.
    const std::string endless(5000, 'x');
    CHECK(experiment.cli("runs " + endless).errors.size() < 1000);
    CHECK(refusal("export " + file + "--format " + endless).size() < 1000);
    CHECK(refusal("export " + file + "--format \"$(printf '\\033[1mred')\"").find('\033')
        == std::string::npos);
}

TEST_CASE("a model may be a run's at one moment, wherever a model is named")
{
    const Experiment experiment;
    std::ofstream(experiment.in("scores.json")) << "{}";
    std::filesystem::create_directory(experiment.in("broken"));
    std::ofstream(experiment.in("broken/config.json"))
        << R"({"model_type": "llama", "vocab_size": 5, "num_hidden_layers": "x"})";
    const std::string moment = "'" + experiment.file().string() + ":1@";
    for (const std::string command : { "circuits convert scores.json --format scores -o out.json "
                                       "--model ",
             "import scores.json -o out.loom --model ", "tokenize --text a ", "models inspect ",
             "tasks check greater-than --model " }) {
        CAPTURE(command);
        const std::string there = experiment.cli(command + moment + "2'").errors;
        CHECK(there.find("no model") == std::string::npos);
        CHECK(there.find("names an experiment") == std::string::npos);
        const Result beyond = experiment.cli(command + moment + "9999'");
        CHECK(beyond.code == 1);
        CHECK(beyond.errors.find("no iteration 9999; its last is 2") != std::string::npos);
        const Result broken = experiment.cli(command + "broken");
        CHECK(broken.code == 1);
        if (command.find("inspect") != std::string::npos)
            CHECK(broken.errors.find("broken/config.json: num_hidden_layers") != std::string::npos);
    }
}
