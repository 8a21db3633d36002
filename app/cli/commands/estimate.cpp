#include "app/cli/commands/commands.h"
#include "app/cli/commands/configuration_options.h"
#include "app/cli/commands/table.h"

#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/run/run_estimate.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>

namespace circuitloom {

namespace {

struct Options
{
    ConfigurationOptions source;
    std::string memory;
    int longest = 0;
    int examples = 0;
    int targets = 0;
    int held_out = 0;
    int processes = 1;
    double opened = -1;
    bool json = false;
};

/// As in "24GB", "23.5GiB", "24000000000".
std::int64_t bytes_of(const std::string& text)
{
    double number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const std::string unit(read.ptr, end);
    const double factor = unit.empty() || unit == "B" ? 1
        : unit == "MB"                                ? 1e6
        : unit == "MiB"                               ? 1024.0 * 1024
        : unit == "GB"                                ? 1e9
        : unit == "GiB"                               ? 1024.0 * 1024 * 1024
                                                      : 0;
    if (read.ec != std::errc() || factor == 0 || !(number > 0) || number * factor > 1e15)
        throw InputError("--memory is \"" + for_message(text)
            + "\"; it must be a size, as in 24GB, 23.5GiB or a number of bytes.");
    return static_cast<std::int64_t>(number * factor);
}

/// What tables and sentences count bytes in: small models would have zeros in GB.
struct Unit
{
    std::string_view name;
    double bytes;

    std::string of(std::int64_t count) const
    {
        return fixed(static_cast<double>(count) / bytes, 3);
    }
};

Unit unit_for(std::int64_t bytes)
{
    constexpr double giga = 1e9;
    return static_cast<double>(bytes) < giga ? Unit{ "MB", 1e6 } : Unit{ "GB", giga };
}

std::string size_text(std::int64_t bytes)
{
    const Unit unit = unit_for(bytes);
    return unit.of(bytes) + " " + std::string(unit.name);
}

struct Found
{
    RunConfig config;
    RunEstimate run;
    int assumed_tokens = 0; ///< of the longest text, where nothing says; else 0
    MemoryParts opened; ///< where a share was named
    double first_share = 0; ///< of the blocks, that one circuit opens at most
    std::optional<std::int64_t> available;
    std::optional<RunConfig> fitting; ///< where it does not fit
};

Found estimate(const Options& options)
{
    Found found;
    found.config = configuration(options.source);
    const ModelFiles files = open_model_description(found.config.model);
    const ModelConfig model = parse_model_config(files.config_json, files.config_origin);
    const TaskSize task{ options.longest, options.examples, options.targets, options.held_out };
    if (options.longest == 0)
        found.assumed_tokens = std::min(found.config.max_tokens, model.max_positions);
    found.run = estimate_run(found.config, model, task, options.processes);
    const ComputationalGraph graph(model.graph_shape(), found.config.graph);
    found.first_share = most_opened_at_once(found.config, model, graph);
    if (options.opened >= 0)
        found.opened = estimate_memory(
            found.config, model, graph, task, options.opened, options.processes);
    if (!options.memory.empty()) {
        found.available = bytes_of(options.memory);
        if (memory_fit(found.run, *found.available) == MemoryFit::none)
            found.fitting = fitting_run(found.config, model, task, *found.available,
                found.config.device.starts_with("cuda"), options.processes);
    }
    return found;
}

void print_json(const Found& found, const Options& options)
{
    const auto parts = [](const MemoryParts& memory) {
        nlohmann::ordered_json all;
        for (const NamedMemory& part : named(memory))
            all[std::string(part.name)] = part.bytes;
        all["total"] = memory.total();
        return all;
    };
    nlohmann::ordered_json all{ { "parameters", found.run.parameters },
        { "edges", found.run.edges }, { "iterations", found.run.iterations },
        { "first_circuit_opens_at_most", found.first_share },
        { "memory_of_first_circuit", parts(found.run.first_memory) },
        { "memory_at_most", parts(found.run.memory) } };
    if (options.opened >= 0)
        all["memory_where_opened"] = parts(found.opened);
    all["file"] = found.run.file;
    all["checkpoints"] = found.run.checkpoints;
    all["checkpoints_finished"] = found.run.finished;
    if (found.available) {
        all["fits"] = memory_fit(found.run, *found.available) != MemoryFit::none;
        if (found.fitting)
            all["fits_with"] = changed_settings(found.config, *found.fitting);
    }
    std::cout << all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void print(const Found& found, const Options& options)
{
    const bool circuits
        = tuning_method_info(found.config.method).part == TunedPart::circuit;
    const Unit unit = unit_for(found.run.memory.total());
    std::vector<Table::Column> columns{ { "memory, " + std::string(unit.name) } };
    std::vector<MemoryParts> shown;
    if (options.opened >= 0) {
        columns.push_back({ percent(options.opened, 0) + " of the blocks opened", true });
        shown.push_back(found.opened);
    } else if (circuits) {
        columns.push_back({ "one circuit, at most", true });
        shown.push_back(found.run.first_memory);
    }
    columns.push_back({ circuits ? "all of the blocks opened" : "at its peak", true });
    shown.push_back(found.run.memory);
    Table table(columns);
    const std::vector<NamedMemory> names = named(found.run.memory);
    for (std::size_t i = 0; i <= names.size(); ++i) {
        std::vector<std::string> row{ i < names.size() ? std::string(names[i].name) : "together" };
        for (const MemoryParts& memory : shown)
            row.push_back(unit.of(i < names.size() ? named(memory)[i].bytes : memory.total()));
        table.add(std::move(row));
    }
    std::cout << table.text() << "\n";
    if (found.assumed_tokens > 0)
        std::cout << "for texts of " << found.assumed_tokens
                  << " tokens (task.max_tokens); --longest says otherwise\n";
    std::cout << found.run.parameters << " parameters, " << found.run.edges << " edges; ";
    if (circuits)
        std::cout << "one circuit opens at most " << percent(found.first_share)
                  << " of the blocks; ";
    std::cout << "the file grows by about " << size_text(found.run.file)
              << ", and checkpoints take up to " << size_text(found.run.checkpoints)
              << " while it runs, " << size_text(found.run.finished) << " once it is finished.\n";
    if (!found.available)
        return;
    const MemoryFit fit = memory_fit(found.run, *found.available);
    if (fit == MemoryFit::none) {
        std::cout << "It does not fit into " << options.memory << ".";
        if (found.fitting) {
            std::cout << " It would with";
            for (const std::string& change : changed_settings(found.config, *found.fitting))
                std::cout << " --set " << change;
            std::cout << "\n";
        } else {
            std::cout << " No smaller batch makes it fit.\n";
        }
    } else if (fit == MemoryFit::first_circuit) {
        std::cout << "It fits into " << options.memory
                  << " unless its circuits open most of the blocks in time.\n";
    } else {
        std::cout << "It fits into " << options.memory << ".\n";
    }
}

} // namespace

void add_estimate_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command
        = app.add_subcommand("estimate", "what a run is going to take: memory part by part, file");
    add_configuration_options(*command, options->source);
    command->add_option("--memory", options->memory,
        "say whether it fits into this much, as in 24GB, and with which settings it would")
        ->type_name("SIZE");
    command->add_option("--longest", options->longest,
        "tokens of the longest example; without it, task.max_tokens")
        ->check(CLI::Range(0, 1 << 24));
    command->add_option("--examples", options->examples, "of the task, where epochs are counted")
        ->check(CLI::Range(0, 1 << 30));
    command->add_option("--targets", options->targets,
        "of the example that has most, which counts for the metric kl; without it, one")
        ->check(CLI::Range(0, 1 << 24));
    command->add_option("--held-out", options->held_out,
        "examples of the held-out task, likewise; without it, as many as an evaluation may take")
        ->check(CLI::Range(0, 1 << 30));
    command->add_option("--processes", options->processes,
        "that share the run: what one of them holds")
        ->check(CLI::Range(1, 1024));
    command->add_option("--opened", options->opened,
        "the share of the blocks' entries that the circuits open, 0 to 1")
        ->check(CLI::Range(0.0, 1.0));
    command->add_flag("--json", options->json, "as JSON, in bytes");
    command->callback([options] {
        const Found found = estimate(*options);
        if (options->json)
            print_json(found, *options);
        else
            print(found, *options);
    });
}

} // namespace circuitloom
