#include "app/cli/commands/circuits_consensus.h"

#include "app/cli/commands/output_option.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/formats/graph_json.h"
#include "core/report/consensus_run.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

namespace circuitloom {

namespace {

constexpr std::size_t edges_in_table = 20;

struct Options
{
    std::string file;
    std::vector<std::int64_t> runs;
    double share = 0.5;
    OutputOption output;
    bool json = false;
};

ScoredGraph marked_graph(const ComputationalGraph& graph, const Consensus& consensus)
{
    ScoredGraph scored{ graph, std::vector<double>(graph.edges().size()),
        std::vector<bool>(graph.edges().size()), "consensus", {}, {}, {} };
    for (const ConsensusEdge& edge : consensus.edges) {
        scored.scores[static_cast<std::size_t>(edge.edge.value)] = edge.score;
        scored.circuit[static_cast<std::size_t>(edge.edge.value)] = true;
    }
    return scored;
}

void print(const Options& options, const ComputationalGraph& graph, const Consensus& found)
{
    if (options.json) {
        nlohmann::ordered_json json{ { "circuits", found.circuits },
            { "of", options.runs.size() == 1 ? "iterations" : "runs" },
            { "share", options.share }, { "needed", found.needed },
            { "edges", found.edges.size() }, { "edges_by_chance", found.by_chance },
            { "output", options.output.file }, { "consensus", nlohmann::ordered_json::array() } };
        for (const ConsensusEdge& edge : found.edges)
            json["consensus"].push_back({ { "edge", graph.edge_name(edge.edge) },
                { "circuits", edge.circuits }, { "score", edge.score } });
        std::cout << written(json);
        return;
    }
    Table table({ { "edges" }, { "circuits", true }, { "mean score", true } });
    for (std::size_t i = 0; i < std::min(edges_in_table, found.edges.size()); ++i)
        table.add({ graph.edge_name(found.edges[i].edge), std::to_string(found.edges[i].circuits),
            fixed(found.edges[i].score, 5) });
    std::cout << found.edges.size() << " edges are in at least " << found.needed << " of "
              << found.circuits
              << (options.runs.size() == 1 ? " circuits of the run" : " runs' last circuits")
              << "; of random circuits of these sizes, " << fixed(found.by_chance, 2)
              << " would be\n\n"
              << table.text();
    if (!options.output.file.empty())
        std::cout << "\nthe circuit is in " << options.output.file << "\n";
}

void find_consensus(const Options& options)
{
    std::optional<ResultFile> result;
    if (!options.output.file.empty())
        result = options.output.result(FileContent::scores, { options.file });
    std::vector<RunId> runs;
    for (const std::int64_t number : options.runs)
        runs.push_back({ number });
    const ConsensusSource source = read_consensus_source(ExperimentReader(options.file), runs);
    const RunDescription& of = source.runs.front();
    const ComputationalGraph graph(of.shape, of.graph);
    const Consensus found
        = consensus_of(source.circuits, std::ssize(graph.edges()), options.share);
    if (result)
        result->write(scores_json(marked_graph(graph, found), of.model));
    print(options, graph, found);
}

} // namespace

void add_circuits_consensus(CLI::App& circuits)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = circuits.add_subcommand("consensus",
        "the edges that at least a share of the circuits have: of all iterations of one run, or of "
        "the last iterations of several, such as seeds");
    command->add_option("file", options->file, "the .loom file")->required();
    command->add_option("--run", options->runs, "a run, or several, as in 1,2,3")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->required();
    command->add_option("--share", options->share, "that must have an edge, as in 0.5")
        ->check(CLI::Range(0.0, 1.0))
        ->check(CLI::PositiveNumber);
    options->output.add_to(
        *command, "a scores.json whose circuit is marked, as evaluate --circuit takes it");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { find_consensus(*options); });
}

} // namespace circuitloom
