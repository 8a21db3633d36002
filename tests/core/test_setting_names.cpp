// Messages name settings; a reader must find them in a configuration.
#include "core/run/run_options.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <string_view>

using namespace circuitloom;

namespace {

namespace fs = std::filesystem;

/// What looks like a setting and is something else: files, measures, columns, names of tensors, and
/// settings of files of earlier versions.
bool is_something_else(const std::string& name, const fs::path& file)
{
    constexpr std::array<std::string_view, 12> others{ "run.toml", "run.loom", "circuit.json",
        "suite.jsonl", "task.accuracy", "task.exact", "task.logit", "task.kl", "optimizer.steps",
        "optimizer.metric_penalty", "graph.to_json", "graph.js" };
    return std::ranges::find(others, name) != others.end()
        || file.parent_path().filename() == "store";
}

} // namespace

TEST_CASE("settings that messages name are there")
{
    RunConfig config;
    std::set<std::string> settings;
    std::set<std::string, std::less<>> sections;
    for (const RunOption& option : options_of(config)) {
        settings.insert(option.name());
        sections.emplace(option.section);
    }
    const std::regex text(R"re("(?:[^"\\]|\\.)*")re");
    const std::regex name(R"(([a-z]+)\.[a-z_0-9]+)");
    int found = 0;
    for (const char* part : { "core", "app", "ui" })
        for (const fs::directory_entry& entry :
            fs::recursive_directory_iterator(fs::path(CIRCUITLOOM_SOURCE_DIR) / part)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h")
                continue;
            std::ifstream source(entry.path());
            int number = 0;
            for (std::string line; std::getline(source, line);) {
                ++number;
                const std::string_view begin = std::string_view(line).substr(
                    std::min(line.find_first_not_of(' '), line.size()));
                if (begin.starts_with("#include") || begin.starts_with("//"))
                    continue;
                for (std::sregex_iterator one(line.begin(), line.end(), text), end; one != end;
                     ++one) {
                    const std::string words = one->str();
                    for (std::sregex_iterator at(words.begin(), words.end(), name); at != end;
                         ++at) {
                        if (!sections.contains((*at)[1].str())
                            || is_something_else(at->str(), entry.path()))
                            continue;
                        ++found;
                        CHECK_MESSAGE(settings.contains(at->str()),
                            entry.path().string() << ":" << number << " names " << at->str());
                    }
                }
            }
        }
    CHECK(found > 20);
}
