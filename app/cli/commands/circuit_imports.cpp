#include "app/cli/commands/circuit_imports.h"

#include "app/cli/commands/experiment_name.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/error.h"
#include "core/run/circuits_found.h"

#include <iostream>

namespace circuitloom {

namespace fs = std::filesystem;

namespace {

template <class Unused>
nlohmann::ordered_json unused_json(const std::vector<Unused>& unused)
{
    auto list = nlohmann::ordered_json::array();
    for (const Unused& one : unused)
        list.push_back({ { "name", one.name }, { "why", one.why } });
    return list;
}

/// On stderr, where what was printed is not about them.
void tell_unused(const std::vector<UnusedCircuit>& unused)
{
    std::vector<std::string> lines;
    for (const UnusedCircuit& one : unused)
        lines.push_back(one.name + " is not used: " + one.why);
    tell_remarks({}, lines);
}

} // namespace

void print_circuits_found(const fs::path& series, bool json)
{
    ProgressLine line;
    const FoundCircuits found
        = look_at_circuits(series, [&line](const std::string& circuit, int done, int total) {
              line.show("reading", done, total, circuit);
          });
    line.finish();
    std::vector<int> steps;
    std::string in_words;
    for (const SeriesCheckpoint& one : found.circuits.used) {
        steps.push_back(one.step);
        in_words += (in_words.empty() ? "" : ", ") + std::to_string(one.step);
    }
    if (json) {
        auto list = nlohmann::ordered_json::array();
        list.push_back({ { "name", found.name }, { "layout", found.layout }, { "steps", steps },
            { "unused", unused_json(found.circuits.unused) }, { "notes", found.notes } });
        std::cout << written(list);
        return;
    }
    Table table({ { "series" }, { "circuits", true }, { "steps" } });
    table.add({ found.name, std::to_string(steps.size()), in_words });
    std::cout << table.text();
    for (const UnusedCheckpoint& one : found.circuits.unused)
        std::cout << printable(one.name) << " is not used: " << printable(one.why) << "\n";
    tell_remarks({}, found.notes);
}

void import_and_print(const std::vector<fs::path>& paths, const std::string& output,
    ImportOptions options, bool json)
{
    require_experiment_name(output);
    ProgressLine line;
    const StopOnInterrupt interrupt;
    options.progress = [&](const std::string& run, int done, int total) {
        if (interrupt.token().stop_requested())
            throw Cancelled("The import was stopped; nothing was added to " + output + ".");
        line.show("importing " + run, done, total);
    };
    const auto runs = import_circuits(paths, output, options);
    line.finish();
    auto list = nlohmann::ordered_json::array();
    for (const ImportedRun& run : runs) {
        list.push_back({ { "run", run.run.value }, { "name", run.name }, { "layout", run.layout },
            { "iterations", run.iterations }, { "unused", unused_json(run.unused) },
            { "notes", run.notes } });
        if (!json)
            std::cout << "run " << run.run.value << " of " << output << ": " << printable(run.name)
                      << ", " << run.iterations << (run.iterations == 1 ? " circuit" : " circuits")
                      << "\n";
        tell_unused(run.unused);
        tell_remarks({}, run.notes);
    }
    if (json)
        std::cout << written(list);
}

} // namespace circuitloom
