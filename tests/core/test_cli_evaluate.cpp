#include "core/demo/embedded_model.h"
#include "tests/support/program.h"
#include "tests/support/skip.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

using namespace circuitloom;
using namespace circuitloom::testing;

// `evaluate` and `circuits convert` as a user runs them, on the demo model.

namespace {

class Folder
{
public:
    std::string in(const std::string& name) const { return (folder_ / name).string(); }
    Result cli(const std::string& arguments) const { return run_cli(folder_.path(), arguments); }
    /// Scores of every edge of the demo model, discovered on a few examples.
    std::string scores(const std::string& options = {}) const
    {
        const Result found = cli("discover demo --task demo/disagreement --examples 24 -o '"
            + in("scores.json") + "' " + options);
        REQUIRE(found.code == 0);
        return "'" + in("scores.json") + "'";
    }

private:
    samples::TemporaryFolder folder_;
};

const std::string evaluate
    = "evaluate demo --task demo/disagreement --examples 24 --dtype float64 ";

double trapezoid(const nlohmann::json& points, bool distance)
{
    const auto height = [&](const nlohmann::json& point) {
        const auto f = point["faithfulness"].get<double>();
        return distance ? std::abs(1 - f) : f;
    };
    double area = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        area += (points[i]["k"].get<double>() - points[i - 1]["k"].get<double>())
            * (height(points[i]) + height(points[i - 1])) / 2;
    return area;
}

bool no_demo_model()
{
    if (embedded_demo_model())
        return false;
    circuitloom::testing::skip("this build has no demo model");
    return true;
}

} // namespace

TEST_CASE("evaluate: a model alone, with a capability")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const Result result
        = folder.cli(evaluate + "--capability demo/was-were --capability-items 20 --json");
    REQUIRE(result.code == 0);
    const auto json = nlohmann::json::parse(result.output);
    CHECK(json["examples"] == 24);
    CHECK(json["task_figures"]["perplexity"] > 1);
    // Two shares that are often taken for one another.
    CHECK(json["task_figures"]["prefers_target"] >= json["task_figures"]["exact_token"]);
    CHECK(json["task_figures"]["accuracy"] == json["task_figures"]["prefers_target"]);
    // Its choices differ in length, so there is an accuracy per byte as well.
    REQUIRE(json["capabilities"].size() == 2);
    for (const auto& figure : json["capabilities"]) {
        CHECK(figure["suite"] == "demo/was-were");
        CHECK(figure["items"] == 20);
    }
    CHECK_FALSE(json.contains("found"));
    const std::string table = folder.cli(evaluate).output;
    for (const char* row : { "perplexity", "prefers the target", "exact next token" })
        CHECK(table.find(row) != std::string::npos);
    CHECK(table.find("accuracy") == std::string::npos);
}

TEST_CASE("evaluate: suites need no task, and every item's scores can be had")
{
    if (no_demo_model())
        return;
    const Folder folder;
    std::ofstream(folder.in("s.jsonl"))
        << R"({"prompt": "", "choices": ["the dogs run", "the dog run"], "answer": 0})" << "\n"
        << R"({"prompt": "the dogs", "choices": [" runs", " run"], "answer": 1})" << "\n";
    const auto items_by = [&](const std::string& bos) {
        const Result result = folder.cli("evaluate demo --capability s.jsonl --items items.jsonl "
                                         "--dtype float64 --json --bos "
            + bos);
        REQUIRE(result.code == 0);
        const auto json = nlohmann::json::parse(result.output);
        CHECK(json["task_figures"].is_null());
        CHECK(json["suite_bos"] == bos);
        std::istringstream lines(bytes_of(folder.in("items.jsonl")));
        std::vector<nlohmann::json> items;
        double right = 0;
        for (std::string line; std::getline(lines, line);) {
            items.push_back(nlohmann::json::parse(line));
            const auto& choices = items.back()["choices"];
            CHECK(items.back()["suite"] == "s.jsonl");
            CHECK(items.back()["index"] == items.size() - 1);
            const bool first_best = choices[0]["log_probability"] > choices[1]["log_probability"];
            CHECK(items.back()["chosen"] == (first_best ? 0 : 1));
            CHECK(items.back()["right"] == (items.back()["chosen"] == items.back()["answer"]));
            right += items.back()["right"].get<bool>() ? 1 : 0;
        }
        REQUIRE(items.size() == 2);
        CHECK(json["capabilities"][0]["value"] == right / 2);
        CHECK(json["suite_notes"].size() == 1);
        return items;
    };
    const auto with = items_by("auto");
    const auto without = items_by("never");
    // The first word counts only after the model's start token: its log-probability is `logits`'.
    CHECK(with[0]["choices"][0]["tokens"].size() == without[0]["choices"][0]["tokens"].size() + 1);
    CHECK(with[1]["choices"][0]["tokens"] == without[1]["choices"][0]["tokens"]);
    CHECK(with[1]["choices"][0]["log_probability"].get<double>()
        == doctest::Approx(without[1]["choices"][0]["log_probability"].get<double>()));
    const auto ids = nlohmann::json::parse(
        folder.cli("tokenize demo --json --text 'the dogs run'").output)["ids"];
    const auto eos = nlohmann::json::parse(folder.cli("models inspect demo --json").output);
    const auto all = nlohmann::json::parse(
        folder.cli("logits demo --all-positions --dtype float64 --json --ids "
            + std::to_string(eos["vocabulary"].get<int>() - 1) + "," + ids[0].dump() + ","
            + ids[1].dump())
            .output);
    double sum = 0;
    for (std::size_t i = 0; i < 3; ++i)
        sum += all["log_probabilities"][i][ids[i].get<std::size_t>()].get<double>();
    CHECK(with[0]["choices"][0]["log_probability"].get<double>() == doctest::Approx(sum).epsilon(1e-9));
}

TEST_CASE("evaluate: items of a suite that cannot be scored are counted, and the first says why")
{
    if (no_demo_model())
        return;
    const Folder folder;
    std::string long_prompt = "the dogs";
    for (int i = 0; i < 2000; ++i)
        long_prompt += " run";
    const std::string good = R"({"prompt": "the dogs", "choices": [" runs", " run"], "answer": 1})";
    const std::string bad
        = R"({"prompt": ")" + long_prompt + R"(", "choices": [" runs", " run"], "answer": 1})";
    std::ofstream(folder.in("s.jsonl")) << good << "\n" << bad << "\n" << bad << "\n";
    std::ofstream(folder.in("none.jsonl")) << bad << "\n";
    const Result some = folder.cli("evaluate demo --capability s.jsonl --json");
    CAPTURE(some.errors);
    REQUIRE(some.code == 0);
    const auto json = nlohmann::json::parse(some.output);
    CHECK(json["capabilities"][0]["items"] == 1);
    REQUIRE(json["suite_notes"].size() == 1);
    const auto note = json["suite_notes"][0].get<std::string>();
    CHECK(note.find("2 of 3 items are left out") != std::string::npos);
    CHECK(note.find("item 2, choice 1: has ") != std::string::npos);
    CHECK(some.errors.find(note) != std::string::npos);
    const Result none = folder.cli("evaluate demo --capability none.jsonl");
    CHECK(none.code == 1);
    CHECK(none.errors.find("item 1, choice 1: has ") != std::string::npos);
    // A text is one whatever the case of its name's ending.
    std::ofstream(folder.in("L.TXT")) << "the dogs run the dogs run\n";
    CHECK(folder.cli("evaluate demo --capability L.TXT").code == 0);
}

TEST_CASE("logits: tokens by their ids, and a row for every position")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const auto by_text
        = nlohmann::json::parse(folder.cli("logits demo --json --text 'the dogs'").output);
    std::string list;
    for (const auto& id : by_text["ids"])
        list += (list.empty() ? "" : ", ") + id.dump();
    const auto by_ids
        = nlohmann::json::parse(folder.cli("logits demo --json --ids '" + list + "'").output);
    CHECK(by_ids == by_text);
    const auto all = nlohmann::json::parse(
        folder.cli("logits demo --json --all-positions --text 'the dogs'").output);
    REQUIRE(all["log_probabilities"].size() == by_text["ids"].size());
    CHECK(all["log_probabilities"].back() == by_text["log_probabilities"]);
    const Result table = folder.cli("logits demo --all-positions --text 'the dogs'");
    CHECK(table.code == 0);
    CHECK(table.output.find("likeliest") != std::string::npos);
    for (const char* wrong : { "logits demo --ids 1,x", "logits demo --ids 1,99999999", "logits demo "
                                                                                       "--ids ,"}) {
        const Result result = folder.cli(wrong);
        CAPTURE(wrong);
        CHECK(result.code == 1);
        CHECK(result.errors.find("id") != std::string::npos);
    }
    CHECK(folder.cli("logits demo").code == 2);
    CHECK(folder.cli("logits demo --text a --ids 1").code == 2);
}

TEST_CASE("evaluate: a circuit beside a random one")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const std::string scores = folder.scores();
    const Result result = folder.cli(evaluate + "--circuit " + scores
        + " --top-n 100 --minimality-edges 8 -o '" + folder.in("figures.json") + "'");
    REQUIRE(result.code == 0);
    CHECK(result.output.find("CPR") != std::string::npos);
    const auto json = nlohmann::json::parse(bytes_of(folder.in("figures.json")));
    CHECK(json["baseline"] == "mean");
    CHECK(json["positions"] == "target");
    for (const char* which : { "found", "random" }) {
        CAPTURE(which);
        const auto& judged = json[which];
        REQUIRE(judged["faithfulness"].size() == 10);
        const auto& all = judged["faithfulness"][9];
        CHECK(all["edges"] == json["edges"]);
        CHECK(all["live_edges"] == json["edges"]);
        CHECK(all["faithfulness"].get<double>() == doctest::Approx(1).epsilon(1e-9));
        CHECK(all["metric"].get<double>()
            == doctest::Approx(json["task_figures"]["metric"].get<double>()).epsilon(1e-9));
        CHECK(judged["cpr"].get<double>()
            == doctest::Approx(trapezoid(judged["faithfulness"], false)));
        CHECK(judged["cmd"].get<double>()
            == doctest::Approx(trapezoid(judged["faithfulness"], true)));
        CHECK(judged["circuit"]["edges"] == 100);
        CHECK(judged["circuit"]["live_edges"] <= 100);
    }
    CHECK(result.output.find("MIB") != std::string::npos);
    CHECK_FALSE(json["as_mib"]);
    CHECK_FALSE(json["unlike_mib"].empty());
    CHECK(json["found"]["circuit"]["minimality"]["edges_tried"] == 8);
    CHECK(json["found"]["cmd"] < json["random"]["cmd"]);

    const auto other = nlohmann::json::parse(
        folder.cli(evaluate + "--circuit " + scores + " --baseline zero --positions all --json")
            .output);
    CHECK(other["baseline"] == "zero");
    CHECK(other["positions"] == "all");
    CHECK_FALSE(other["found"].contains("circuit"));
    CHECK(other["nothing_kept"] != json["nothing_kept"]);

    const auto mib = nlohmann::json::parse(
        folder.cli(evaluate + "--mib --positions all --json --circuit " + scores).output);
    CHECK(mib["as_mib"]);
    CHECK(mib["unlike_mib"].empty());
}

TEST_CASE("discover: the file says how its scores came about")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const auto file_of = [&folder](const std::string& options) {
        folder.scores(options);
        return nlohmann::json::parse(bytes_of(folder.in("scores.json")));
    };
    const auto double_scores = file_of("--method eap-ig --steps 2 --dtype float64 --seed 7");
    CHECK(double_scores["task"] == "demo/disagreement");
    CHECK(double_scores["method"] == "eap-ig");
    CHECK(double_scores["steps"] == 2);
    CHECK(double_scores["path"] == "inputs");
    CHECK(double_scores["points"] == "left");
    CHECK(double_scores["baseline"] == "mean");
    CHECK(double_scores["positions"] == "target");
    CHECK(double_scores["dtype"] == "float64");
    CHECK(double_scores["seed"] == 7);
    CHECK(double_scores["version"].get<std::string>().find('.') != std::string::npos);
    // Scores of a float64 model are no floats.
    bool any_double = false;
    for (const auto& edge : double_scores["edges"]) {
        const auto score = edge["score"].get<double>();
        any_double = any_double || static_cast<double>(static_cast<float>(score)) != score;
    }
    CHECK(any_double);

    const auto right = file_of("--method eap-ig --steps 2 --points right --force");
    CHECK(right["points"] == "right");
    CHECK(right["dtype"] == "float32");
    const auto activations = file_of("--method eap-ig --steps 1 --path activations --force");
    CHECK(activations["path"] == "activations");
    CHECK(activations["points"] == "right");
    CHECK_FALSE(file_of("--force").contains("points"));

    // What is printed of the resamples is what the file has.
    const auto printed = nlohmann::json::parse(
        folder.cli("discover demo --task demo/disagreement --examples 6 --resamples 4 --json -o '"
                  + folder.in("sure.json") + "'")
            .output);
    CHECK(printed["certainty"]["resamples"] == 4);
    CHECK(printed["certainty"]
        == nlohmann::json::parse(bytes_of(folder.in("sure.json")))["certainty"]);

    // The conversion keeps what it says, and every digit.
    file_of("--dtype float64 --force");
    REQUIRE(folder.cli("circuits convert '" + folder.in("scores.json")
                      + "' --model demo --format scores -o '" + folder.in("again.json") + "'")
                .code
        == 0);
    CHECK(bytes_of(folder.in("again.json")) == bytes_of(folder.in("scores.json")));
}

TEST_CASE("circuits convert: what EAP-IG would read, and back")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const std::string scores = folder.scores();
    REQUIRE(folder
                .cli("circuits convert " + scores + " --model demo --format eap-ig --top-n 50 -o '"
                    + folder.in("graph.json") + "'")
                .code
        == 0);
    const auto graph = nlohmann::json::parse(bytes_of(folder.in("graph.json")));
    CHECK(graph["nodes"]["logits"]["in_graph"] == true);
    std::size_t marked = 0;
    for (const auto& edge : graph["edges"])
        marked += edge["in_graph"].get<bool>();
    CHECK(marked > 0);
    CHECK(marked <= 50);
    REQUIRE(folder
                .cli("circuits convert '" + folder.in("graph.json")
                    + "' --model demo --format scores -o '" + folder.in("back.json") + "'")
                .code
        == 0);
    const auto before = nlohmann::json::parse(bytes_of(folder.in("scores.json")));
    const auto after = nlohmann::json::parse(bytes_of(folder.in("back.json")));
    REQUIRE(after["edges"].size() == before["edges"].size());
    for (std::size_t e = 0; e < before["edges"].size(); ++e) {
        CHECK(after["edges"][e]["source"] == before["edges"][e]["source"]);
        CHECK(after["edges"][e]["target"] == before["edges"][e]["target"]);
        CHECK(after["edges"][e]["score"].get<float>() == before["edges"][e]["score"].get<float>());
    }
    // The marks are the circuit where --top-n does not say.
    const auto judged
        = nlohmann::json::parse(folder
                                    .cli(evaluate + "--minimality-edges 0 --json --circuit '"
                                        + folder.in("graph.json") + "'")
                                    .output);
    CHECK(judged["positions"] == "all");
    CHECK(judged["found"]["circuit"]["edges"] == marked);
    CHECK(judged["found"]["circuit"]["live_edges"] == marked);
    CHECK(judged["found"]["circuit"]["minimality"].is_null());
}

TEST_CASE("estimate: for the metric kl, targets and held-out examples count")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const auto logits = [&](const std::string& options) {
        const Result result = folder.cli("estimate --preset sv-disagreement --json "
                                         "--set circuit.metric=kl --set circuit.attribution=eap-ig "
                                         "--set run.batch=8 " + options);
        CAPTURE(result.output);
        REQUIRE(result.code == 0);
        return nlohmann::json::parse(result.output)["memory_at_most"]["logits"].get<std::int64_t>();
    };
    const std::int64_t one = logits("--held-out 10");
    const std::int64_t five = logits("--held-out 10 --targets 5");
    // Twice for each of the batch, and once for each that is kept.
    const std::int64_t each = (five - one) / 4;
    CHECK(five - one == 4 * each);
    CHECK(each % (2 * 8 + 10) == 0);
    CHECK(logits("--held-out 20") - one == 10 * (each / (2 * 8 + 10)));
}

TEST_CASE("estimate: what is assumed of the texts is said, and a small model counts in MB")
{
    if (no_demo_model())
        return;
    const Folder folder;
    const auto estimate = [&](const std::string& options) {
        return folder.cli("estimate --preset sv-disagreement " + options).output;
    };
    const std::string assumed = estimate("--set task.max_tokens=20");
    CAPTURE(assumed);
    CHECK(assumed.find("for texts of 20 tokens (task.max_tokens); --longest says otherwise\n")
        != std::string::npos);
    CHECK(assumed.starts_with("memory, MB"));
    CHECK(assumed.find(" GB") == std::string::npos);
    CHECK(estimate("--longest 12").find("--longest") == std::string::npos);
}

TEST_CASE("evaluate: what cannot be done ends with one line and code 1, wrong usage with code 2")
{
    if (no_demo_model())
        return;
    const Folder folder;
    std::ofstream(folder.in("bad.json")) << R"({"graph": "full", "edges": [{"score": 1}]})";
    for (const std::string& arguments : { evaluate + "--circuit nowhere.json",
             evaluate + "--circuit '" + folder.in("bad.json") + "'",
             std::string("evaluate demo --capability demo/facts --circuit x.json"),
             std::string("evaluate demo --task nowhere.jsonl"),
             evaluate + "--capability nowhere.jsonl",
             evaluate + "--capability demo/facts -o same.json --items ./same.json",
             "circuits convert '" + folder.in("bad.json")
                 + "' --model demo --format scores -o /nowhere/x.json" }) {
        CAPTURE(arguments);
        const Result result = folder.cli(arguments);
        CHECK(result.code == 1);
        CHECK(result.errors.starts_with("circuitloom-cli: "));
        CHECK(result.errors.find('\n') == result.errors.size() - 1);
    }
    for (const std::string& arguments : { std::string("evaluate demo"), evaluate + "--bos perhaps",
             evaluate + "--metric none",
             evaluate + "--top-n 0", std::string("circuits"), std::string("circuits convert x") }) {
        CAPTURE(arguments);
        CHECK(folder.cli(arguments).code == 2);
    }
}
