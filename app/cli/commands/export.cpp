#include "app/cli/commands/commands.h"
#include "app/cli/commands/output_option.h"

#include "core/base/error.h"
#include "core/layout/circuit_writer.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string file;
    std::optional<std::int64_t> run;
    std::optional<std::int32_t> iteration;
    std::string format;
    OutputOption output;
};

const std::vector<std::string> formats{ "dot", "json", "csv", "graphml" };

RunSummary chosen_run(const ExperimentReader& reader, const Options& options)
{
    if (options.run)
        return reader.run({ *options.run });
    const auto runs = reader.runs();
    if (runs.empty())
        throw InputError(reader.file().string() + " holds no runs yet.");
    return runs.back();
}

IterationRecord chosen_iteration(
    const ExperimentReader& reader, const RunSummary& run, const Options& options)
{
    const auto iterations = reader.iterations(run.id);
    if (iterations.empty())
        throw InputError("Run " + std::to_string(run.id.value) + " of " + reader.file().string()
            + " has no iterations.");
    if (!options.iteration)
        return iterations.back();
    for (const IterationRecord& iteration : iterations)
        if (iteration.index.value == *options.iteration)
            return iteration;
    throw InputError("Run " + std::to_string(run.id.value) + " of " + reader.file().string()
        + " has no iteration " + std::to_string(*options.iteration) + "; its iterations are "
        + std::to_string(iterations.front().index.value) + " to "
        + std::to_string(iterations.back().index.value) + ".");
}

CircuitOrigin origin_of(const RunSummary& run, const IterationRecord& iteration)
{
    const RunDescription& is = run.description;
    return { is.model, run.id.value, is.name, is.method, iteration.index.value, iteration.step };
}

std::string format_of(const Options& options)
{
    if (!options.format.empty())
        return options.format;
    std::string suffix = std::filesystem::path(options.output.file).extension().string();
    if (!suffix.empty())
        suffix.erase(0, 1);
    if (std::find(formats.begin(), formats.end(), suffix) == formats.end())
        throw InputError("The format is not clear from the output's name; add --format with dot, "
                         "json, csv or graphml. Pictures and films are made by circuitloom export.");
    return suffix;
}

void run_export(const Options& options)
{
    const std::string format = format_of(options);
    std::optional<ResultFile> file;
    if (!options.output.file.empty() && options.output.file != "-")
        file = options.output.result(content_by_ending(format), { options.file });
    const auto write = [&file](const std::string& text) {
        if (file)
            file->write(text);
        else
            std::cout << text;
    };
    const ExperimentReader reader(options.file);
    const RunSummary run = chosen_run(reader, options);
    const IterationRecord iteration = chosen_iteration(reader, run, options);
    const Circuit circuit = reader.circuit(run.id, iteration.index);
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    if (format == "dot")
        write(circuit_to_dot(graph, circuit));
    else if (format == "csv")
        write(circuit_to_csv(graph, circuit));
    else if (format == "graphml")
        write(circuit_to_graphml(
            graph, circuit, lattice_layout(graph), origin_of(run, iteration)));
    else
        write(circuit_to_json(graph, circuit, origin_of(run, iteration)));
}

} // namespace

void add_export_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "export", "Write the circuit of one iteration as Graphviz DOT, JSON, CSV or GraphML.");
    command->add_option("file", options->file, "the .loom file")->required();
    command->add_option("--run", options->run, "the run's number (the newest run)");
    command->add_option("--iteration", options->iteration, "the iteration's number (the last one)");
    command
        ->add_option(
            "--format", options->format, "dot, json, csv or graphml (from the output's name)")
        ->check(CLI::IsMember(formats));
    options->output.add_to(*command, "the file to write (standard output)");
    command->callback([options] { run_export(*options); });
}

} // namespace circuitloom
