#include "app/cli/commands/circuits_consensus.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/output_option.h"
#include "app/cli/commands/report_text.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/formats/graph_json.h"
#include "core/graph/edge_order.h"
#include "core/graph/liveness.h"
#include "core/run/model_reference.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    std::string input;
    std::string model;
    std::string format;
    std::size_t top_n = 0;
    OutputOption output;
};

void convert(const Options& options)
{
    std::vector<std::filesystem::path> inputs = places_of_model(options.model);
    inputs.emplace_back(options.input);
    const ResultFile result = options.output.result(FileContent::scores, inputs);
    const ModelFiles files = open_model_description(untouched_model(options.model));
    const ModelConfig config = parse_model_config(files.config_json, files.config_origin);
    const bool to_eap_ig = options.format == "eap-ig";
    ScoredGraph scored = read_graph_json(options.input, config.graph_shape(),
        to_eap_ig ? KeyValueEdges::as_in_file : KeyValueEdges::shared);
    if (options.top_n > 0) {
        scored.circuit.assign(scored.scores.size(), false);
        const std::vector<float> scores(scored.scores.begin(), scored.scores.end());
        for (const ScoredEdge& live :
            prune_dead(scored.graph, strongest_edges(scores, options.top_n)))
            scored.circuit[static_cast<std::size_t>(live.edge.value)] = true;
    }
    const bool repeats = to_eap_ig && scored.graph.shape().kv_heads < config.heads;
    if (repeats)
        scored.notes.push_back("The model shares each <k> and <v> among several query heads: the "
                               "file repeats its score for every one of them.");
    result.write(to_eap_ig ? eap_ig_json(scored, config.d_model)
                           : scores_json(scored, options.model));
    tell_remarks({}, scored.notes);
    std::cout << scored.scores.size() << " edges, " << std::ranges::count(scored.circuit, true)
              << " of them in the circuit, are in " << options.output.file << "\n";
}

} // namespace

void add_circuits_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* circuits = app.add_subcommand("circuits", "Files with the edges of a circuit.");
    circuits->require_subcommand(1);
    CLI::App* command = circuits->add_subcommand("convert",
        "between scores.json and the graph JSON of EAP-IG; which of them IN is shows in it");
    command->add_option("input", options->input, "scores.json, or a graph JSON of EAP-IG")
        ->required();
    add_model_option(*command, options->model, "--model");
    command->add_option("--format", options->format, "what to write")
        ->required()
        ->check(CLI::IsMember({ "eap-ig", "scores" }));
    command
        ->add_option("--top-n", options->top_n,
            "mark so many of the strongest edges as the circuit, less dead ones; without, as in IN")
        ->check(CLI::PositiveNumber);
    options->output.add_to(*command, "the file to write")->required();
    command->callback([options] { convert(*options); });
    add_circuits_consensus(*circuits);
}

} // namespace circuitloom
