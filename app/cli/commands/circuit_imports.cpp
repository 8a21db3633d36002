#include "app/cli/commands/circuit_imports.h"

#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/formats/file_content.h"
#include "core/run/checkpoint_series.h"

#include <algorithm>
#include <iostream>

namespace circuitloom {

namespace fs = std::filesystem;

bool holds_circuits(const fs::path& series)
{
    std::error_code ignored;
    if (fs::is_regular_file(series, ignored))
        return series.extension() == ".jsonl";
    if (!fs::is_directory(series, ignored) || is_series(series))
        return false;
    const fs::directory_iterator entries(series, ignored);
    return std::any_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
        return entry.path().extension() == ".json"
            && content_of(entry.path()) == FileContent::scores;
    });
}

void print_circuits_found(const fs::path& series, bool json)
{
    const std::vector<fs::path> paths{ series };
    const auto found = open_circuit_series(paths, {});
    auto list = nlohmann::ordered_json::array();
    Table table({ { "series" }, { "circuits", true }, { "steps" } });
    for (const CircuitSeries& one : found) {
        std::string steps;
        for (const int step : one.steps)
            steps += (steps.empty() ? "" : ", ") + std::to_string(step);
        table.add({ one.name, std::to_string(one.steps.size()), steps });
        list.push_back({ { "name", one.name }, { "layout", one.layout }, { "steps", one.steps },
            { "notes", one.notes } });
    }
    std::cout << (json ? written(list) : table.text());
    if (!json)
        for (const CircuitSeries& one : found)
            tell_remarks({}, one.notes);
}

void import_and_print(const std::vector<fs::path>& paths, const std::string& output,
    ImportOptions options, bool json)
{
    ProgressLine line;
    options.progress = [&line](const std::string& run, int done, int total) {
        line.show("importing " + run, done, total);
    };
    const auto runs = import_circuits(paths, output, options);
    line.finish();
    auto list = nlohmann::ordered_json::array();
    for (const ImportedRun& run : runs) {
        list.push_back({ { "run", run.run.value }, { "name", run.name }, { "layout", run.layout },
            { "iterations", run.iterations }, { "notes", run.notes } });
        if (!json)
            std::cout << "run " << run.run.value << " of " << output << ": " << run.name << ", "
                      << run.iterations << (run.iterations == 1 ? " circuit" : " circuits") << "\n";
        tell_remarks({}, run.notes);
    }
    if (json)
        std::cout << written(list);
}

} // namespace circuitloom
