#include "app/cli/commands/commands.h"
#include "app/cli/commands/output_option.h"

#include "core/base/error.h"
#include "core/exchange/event_file.h"
#include "core/exchange/gexf.h"
#include "core/exchange/run_table.h"
#include "core/layout/attribution_graph.h"
#include "core/layout/circuit_writer.h"
#include "core/layout/lattice_layout.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <vector>

namespace circuitloom {

namespace {

struct Options
{
    std::string file;
    std::optional<std::int64_t> run;
    std::optional<std::int32_t> iteration;
    std::string format;
    bool all_iterations = false;
    OutputOption output;
};

const std::vector<std::string> formats{ "dot", "json", "csv", "graphml",
    "circuit-tracer", "gexf", "tensorboard", "parquet" };

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
                         "json, csv, graphml, circuit-tracer, gexf, parquet or tensorboard. "
                         "Pictures and films are made by circuitloom export.");
    return suffix;
}

/// In pieces, to the file that was named or to the standard output.
void write_result(const Options& options, const std::string& format,
    const std::function<void(const TextSink&)>& content)
{
    if (options.output.file.empty() || options.output.file == "-")
        content([](std::string_view text) { std::cout << text; });
    else
        options.output.result(content_by_ending(format), { options.file }).write_pieces(content);
}

/// A folder for TensorBoard, with one in it for each run.
void write_events(const ExperimentReader& reader, const Options& options)
{
    if (options.output.file.empty() || options.output.file == "-")
        throw InputError("TensorBoard reads folders: name one with -o.");
    std::vector<RunSummary> runs{ reader.runs() };
    if (options.run)
        runs = { reader.run({ *options.run }) };
    for (const RunSummary& run : runs) {
        const std::filesystem::path file
            = std::filesystem::path(options.output.file) / event_file_name(run);
        std::error_code why;
        std::filesystem::create_directories(file.parent_path(), why);
        if (why)
            throw ResourceError(
                file.parent_path().string() + " cannot be made: " + why.message() + ".");
        ResultFile(file, { FileContent::other, options.output.force, { options.file } })
            .write(run_to_events(reader, run));
    }
}

std::string circuit_text(const ExperimentReader& reader, const RunSummary& run,
    const std::string& format, const Options& options)
{
    const IterationRecord iteration = chosen_iteration(reader, run, options);
    const Circuit circuit = reader.circuit(run.id, iteration.index);
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    if (format == "dot")
        return circuit_to_dot(graph, circuit);
    if (format == "csv")
        return circuit_to_csv(graph, circuit);
    if (format == "graphml")
        return circuit_to_graphml(graph, circuit, lattice_layout(graph), origin_of(run, iteration));
    if (format == "circuit-tracer")
        return circuit_to_attribution_graph(graph, circuit, lattice_layout(graph),
            origin_of(run, iteration), reader.supernodes());
    return circuit_to_json(graph, circuit, origin_of(run, iteration));
}

void run_export(const Options& options)
{
    const std::string format = format_of(options);
    const bool in_time = options.all_iterations || format == "gexf" || format == "tensorboard"
        || format == "parquet";
    if (in_time && options.iteration)
        throw InputError("With " + std::string(options.all_iterations ? "--all-iterations" : format)
            + " all iterations are written; leave out --iteration.");
    if (in_time && format != "csv" && format != "gexf" && format != "tensorboard"
        && format != "parquet")
        throw InputError("All iterations are written as csv, parquet, gexf or tensorboard, but not as "
            + format + "; choose one of these, or leave out --all-iterations.");
    const ExperimentReader reader(options.file);
    if (format == "tensorboard") {
        write_events(reader, options);
        return;
    }
    const RunSummary run = chosen_run(reader, options);
    write_result(options, format, [&](const TextSink& sink) {
        if (format == "gexf") {
            const ComputationalGraph graph(run.description.shape, run.description.graph);
            sink(run_to_gexf(reader, run, lattice_layout(graph)));
        } else if (format == "parquet")
            write_run_parquet(reader, run, sink);
        else if (options.all_iterations)
            write_run_table(reader, run, sink);
        else
            sink(circuit_text(reader, run, format, options));
    });
}

} // namespace

void add_export_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "export", "Write the circuit of one iteration as Graphviz DOT, JSON, CSV or GraphML, or a whole "
                  "run as a table, for Gephi or for TensorBoard.");
    command->add_option("file", options->file, "the .loom file")->required();
    command->add_option("--run", options->run, "the run's number (the newest run)");
    command->add_option("--iteration", options->iteration, "the iteration's number (the last one)");
    command
        ->add_option(
            "--format", options->format,
            "dot, json, csv, graphml or circuit-tracer, for Neuronpedia's viewer; gexf: all "
            "circuits in time, for Gephi; parquet: every edge of every iteration as a table; "
            "tensorboard: all curves of the run, or of all runs, into the folder that -o names "
            "(from the output's name)")
        ->check(CLI::IsMember(formats));
    command->add_flag("--all-iterations", options->all_iterations,
        "with csv: every edge of every iteration, as one table");
    options->output.add_to(*command, "the file to write (standard output)");
    command->callback([options] { run_export(*options); });
}

} // namespace circuitloom
