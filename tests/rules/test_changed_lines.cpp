// Every line of tests/mutations/lines.toml can still be changed: its text stands once in its file,
// becomes another, and each of its tests is there. check.py would find out after hours.
#include <doctest/doctest.h>
#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

const std::filesystem::path root = CIRCUITLOOM_SOURCE_DIR;

std::string text_of(const std::filesystem::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

std::size_t count(const std::string& text, const std::string& part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// What is wrong with each of the changes in `changes`.
std::vector<std::string> problems_of(const toml::table& changes)
{
    std::vector<std::string> problems;
    for (const toml::node& node : *changes["change"].as_array()) {
        const toml::table& change = *node.as_table();
        const auto text
            = [&change](const char* key) { return change[key].value_or(std::string()); };
        const std::string name = text("name");
        if (text("old") == text("new"))
            problems.push_back(name + ": nothing changes");
        if (const std::size_t times = count(text_of(root / text("file")), text("old")); times != 1)
            problems.push_back(name + ": its text stands " + std::to_string(times) + " times");
        for (const toml::node& test : *change["tests"].as_array())
            if (const std::string file = test.value_or(std::string()) + ".cpp";
                !exists(root / "tests/core" / file))
                problems.push_back(name + ": there is no " + file);
    }
    return problems;
}

} // namespace

TEST_CASE("each line that the mutation check changes is there")
{
    const toml::table changes = toml::parse_file((root / "tests/mutations/lines.toml").string());
    REQUIRE(changes["change"].as_array());
    CHECK(changes["change"].as_array()->size() >= 40);
    for (const std::string& problem : problems_of(changes))
        FAIL_CHECK(problem);
}

TEST_CASE("lines and tests that are gone are seen")
{
    const toml::table changes = toml::parse(R"(
        [[change]]
        name = "gone"
        file = "core/tuning/masked_sgd.cpp"
        old = "what nobody wrote"
        new = "what nobody wrote"
        tests = ["engine_test_optimizers", "engine_test_nothing"])");
    const std::vector<std::string> problems = problems_of(changes);
    REQUIRE(problems.size() == 3);
    CHECK(problems[0] == "gone: nothing changes");
    CHECK(problems[1] == "gone: its text stands 0 times");
    CHECK(problems[2] == "gone: there is no engine_test_nothing.cpp");
}
