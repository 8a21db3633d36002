#include "core/tasks/task.h"
#include "tests/support/program.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace circuitloom;
using namespace circuitloom::testing;

// `circuitloom-cli tasks`, run as a user runs it.

namespace {

/// A folder that is gone at the end of the test.
class Folder
{
public:
    Folder() { std::filesystem::create_directories(path_); }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path in(const std::string& name) const { return path_ / name; }
    Result cli(const std::string& arguments) const { return run_cli(path_, "tasks " + arguments); }

private:
    std::filesystem::path path_ = std::filesystem::temp_directory_path()
        / ("circuitloom-cli-tasks-" + std::to_string(std::random_device{}()));
};

bool mentions(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

std::size_t total(const nlohmann::json& reasons)
{
    std::size_t count = 0;
    for (const nlohmann::json& reason : reasons) {
        count += reason.at("count").get<std::size_t>();
        CHECK_FALSE(reason.at("reason").get<std::string>().empty());
        CHECK_FALSE(reason.at("first").empty());
    }
    return count;
}

} // namespace

TEST_CASE("tasks list names every ready-made task")
{
    const Folder folder;
    const Result plain = folder.cli("list");
    CHECK(plain.code == 0);
    for (const char* name : { "ioi", "greater-than", "agreement", "pronoun-gender", "demo/debias" })
        CHECK(mentions(plain.output, name));
    const Result json = folder.cli("list --json");
    REQUIRE(json.code == 0);
    CHECK(nlohmann::json::parse(json.output).size() >= 4);
}

TEST_CASE("tasks make writes what suits the model, tasks check agrees")
{
    const Folder folder;
    const Result made
        = folder.cli("make agreement --model demo --examples 50 --seed 3 -o made.jsonl --json");
    INFO(made.errors);
    REQUIRE(made.code == 0);
    const nlohmann::json report = nlohmann::json::parse(made.output);
    CHECK(report.at("examples") == 50);
    CHECK(report.at("drawn").get<std::size_t>() == 50 + total(report.at("left_out")));
    CHECK(load_task(folder.in("made.jsonl").string()).size() == 50);

    const Result checked = folder.cli("check made.jsonl --model demo --json");
    REQUIRE(checked.code == 0);
    const nlohmann::json found = nlohmann::json::parse(checked.output);
    CHECK(found.at("examples") == 50);
    CHECK(found.at("targets") == 50);
    CHECK(found.at("with_corrupted") == 50);
    CHECK(found.at("left_out").empty());
    CHECK(found.at("without_corrupted").empty());
    CHECK(mentions(folder.cli("check made.jsonl --model demo").output, "50 examples"));

    const std::string first = bytes_of(folder.in("made.jsonl"));
    CHECK(
        folder.cli("make agreement --model demo --examples 50 --seed 3 -o again.jsonl").code == 0);
    CHECK(bytes_of(folder.in("again.jsonl")) == first);
    CHECK(
        folder.cli("make agreement --model demo --examples 50 --seed 4 -o other.jsonl").code == 0);
    CHECK(bytes_of(folder.in("other.jsonl")) != first);
}

TEST_CASE("tasks check says what is left out of a file, and why")
{
    const Folder folder;
    std::ofstream(folder.in("mixed.jsonl"))
        << R"({"text": "the dogs run", "spans": [{"start": 8, "end": 12, "alternative": " runs"}],)"
        << R"( "corrupted": "the dog run"})"
        << "\n"
        << R"({"text": "the dogs run", "spans": [{"start": 8, "end": 12, "alternative": " runs"}],)"
        << R"( "corrupted": "the old dog run"})"
        << "\n"
        << R"({"text": "the dogs run", "spans": [{"start": 8, "end": 12, "alternative": " run"}]})"
        << "\n";
    const Result json = folder.cli("check mixed.jsonl --model demo --json");
    REQUIRE(json.code == 0);
    const nlohmann::json found = nlohmann::json::parse(json.output);
    CHECK(found.at("examples") == 2);
    CHECK(found.at("with_corrupted") == 1);
    CHECK(total(found.at("without_corrupted")) == 1);
    CHECK(total(found.at("left_out")) == 1);
    const Result plain = folder.cli("check mixed.jsonl --model demo");
    CHECK(mentions(plain.output, "Example 3 (the dogs run), span 1"));
    CHECK(mentions(plain.output, "more or fewer tokens"));

    std::ofstream(folder.in("pairs.jsonl"))
        << R"({"sentence_good": "the dogs run .", "sentence_bad": "the dogs runs ."})"
        << "\n"
        << R"({"sentence_good": "the dogs run .", "sentence_bad": "the dogs run ."})"
        << "\n";
    const Result pairs = folder.cli("check pairs.jsonl --model demo");
    CHECK(pairs.code == 0);
    CHECK(mentions(pairs.output, "1 example can be scored, with 1 target; 0 have a corrupted"));
    CHECK(mentions(pairs.output, "pairs.jsonl:2"));
}

TEST_CASE("tasks check names a misspelt field and the examples that have no corrupted text")
{
    const Folder folder;
    const auto line = [](const char* text, const char* field) {
        return std::string(R"({"text": ")") + text
            + R"(", "spans": [{"start": 8, "end": 12, "alternative": " runs"}], ")" + field
            + R"(": "the dog run"})" + "\n";
    };
    std::ofstream(folder.in("own.jsonl"))
        << line("the dogs run", "corrupted") << line("the dogs run", "corrupt")
        << line("the dogs run", "corrupt") << line("the dogs run", "id");
    const Result plain = folder.cli("check own.jsonl --model demo");
    CAPTURE(plain.output);
    CHECK(plain.code == 0);
    CHECK(
        mentions(plain.output, "4 examples can be scored, with 4 targets; 1 has a corrupted text"));
    CHECK(mentions(plain.output,
        "\nown.jsonl:2 has a field \"corrupt\", which is not read; did you mean corrupted? It is "
        "in 2 "
        "places.\n"));
    CHECK(mentions(plain.output, "3 × others have a corrupted text, these have none"));
    const auto found
        = nlohmann::json::parse(folder.cli("check own.jsonl --model demo --json").output);
    CHECK(total(found.at("unread")) == 2);
    CHECK(total(found.at("without_corrupted")) == 3);
}

TEST_CASE("tasks refuses with one line")
{
    const Folder folder;
    for (const char* arguments :
        { "make nothing --model demo -o x.jsonl", "make ioi --model /absent -o x.jsonl",
            "make ioi --model demo -o /absent/x.jsonl", "check /absent.jsonl --model demo" }) {
        const Result result = folder.cli(arguments);
        INFO(result.errors);
        CHECK(result.code == 1);
        CHECK(result.errors.starts_with("circuitloom-cli: "));
        CHECK(std::count(result.errors.begin(), result.errors.end(), '\n') == 1);
        CHECK_FALSE(std::filesystem::exists(folder.in("x.jsonl")));
    }
    CHECK(folder.cli("check IOI --model demo").errors.find("ioi, greater-than") != std::string::npos);
    CHECK(folder.cli("make ioi --model demo").code == 2);
    CHECK(folder.cli("").code == 2);
}
