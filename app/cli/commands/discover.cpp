#include "app/cli/commands/choices.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/output_option.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/error.h"
#include "core/engine/discover.h"
#include "core/formats/graph_json.h"
#include "core/graph/edge_order.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace circuitloom {

namespace {

constexpr std::size_t edges_in_table = 20;

struct Options
{
    DiscoverRequest request;
    std::string graph = "full";
    std::string method = "eap";
    std::string path = "inputs";
    std::string points = "eap-ig";
    std::string baseline = "mean";
    std::string positions = "target";
    std::string metric{ metric_names.front() };
    std::string dtype = "float32";
    OutputOption output;
    int megabytes = 0;
    bool json = false;
};

void write_scores(
    const Options& options, const DiscoveredScores& found, const ResultFile& result)
{
    const DiscoverRequest& request = options.request;
    const DiscoveryOptions& how = request.options;
    const AttributionInfo& method = attribution_info(how.method);
    ScoredGraph scored{ found.graph, found.scores, {}, options.method, {}, {}, {} };
    if (method.takes_baseline) {
        scored.baseline = options.baseline;
        scored.positions = options.positions;
    }
    ScoreOrigin& origin = scored.origin;
    origin.task = request.task;
    if (method.takes_integration_steps) {
        origin.path = options.path;
        origin.points
            = integration_point_names[static_cast<std::size_t>(settled(how.points, how.path))];
        origin.steps = how.integration_steps;
    }
    origin.metric = options.metric;
    origin.metric_value = found.metric;
    origin.examples = found.examples;
    origin.dtype = options.dtype;
    origin.seed = request.seed;
    origin.version = found.version;
    result.write(scores_json(scored, request.model));
}

std::vector<float> in_float(const std::vector<double>& scores)
{
    return { scores.begin(), scores.end() };
}

void run_discovery(Options options)
{
    std::optional<ResultFile> result;
    if (!options.output.file.empty())
        result = options.output.result(FileContent::json, { options.request.task });
    options.request.graph.kind = options.graph == "full" ? GraphKind::full : GraphKind::paper;
    DiscoveryOptions& how = options.request.options;
    how.method = attribution_named(options.method).method;
    how.path = choice_of<IntegrationPath>(options.path, integration_path_names);
    how.points = choice_of<IntegrationPoints>(options.points, integration_point_names);
    how.baseline = choice_of<Baseline>(options.baseline, baseline_names);
    how.positions = choice_of<ScoredPositions>(options.positions, position_names);
    how.metric = choice_of<MetricKind>(options.metric, metric_names);
    options.request.memory_bytes = std::int64_t{ options.megabytes } << 20;
    options.request.dtype = precision_named(options.dtype);
    std::cerr << "scoring the edges of " << options.request.model << " on " << options.request.task
              << " …\n";
    ProgressLine progress;
    const DiscoveredScores found
        = discover(options.request, [&progress](const std::string& what, int done, int total) {
              progress.show(what, done, total);
          });
    progress.finish();
    tell_remarks(found.dropped, found.notes);
    if (result)
        write_scores(options, found, *result);
    const Circuit strongest = strongest_edges(in_float(found.scores), edges_in_table);
    if (options.json) {
        nlohmann::ordered_json printed{ { "metric", found.metric }, { "examples", found.examples },
            { "edges", found.scores.size() }, { "seconds", found.seconds },
            { "peak_bytes", found.peak_bytes },
            { "predicted_peak_bytes", found.predicted_peak_bytes }, { "output", options.output.file },
            { "strongest", nlohmann::json::array() } };
        for (const ScoredEdge& scored : strongest)
            printed["strongest"].push_back(
                { { "edge", found.graph.edge_name(scored.edge) }, { "score", scored.score } });
        std::cout << printed.dump(2) << "\n";
        return;
    }
    Table table({ { "strongest edges" }, { "score", true } });
    for (const ScoredEdge& scored : strongest)
        table.add({ found.graph.edge_name(scored.edge), fixed(scored.score, 5) });
    std::cout << options.metric << " " << fixed(found.metric, 4) << " over " << found.examples
              << " examples, " << found.scores.size() << " edges scored\n\n"
              << table.text();
    if (result)
        std::cout << "\nevery edge is in " << options.output.file << "\n";
}

std::string method_help()
{
    std::string help = "how edges are scored";
    for (const AttributionInfo& method : attribution_methods)
        help += "\n" + std::string(method.name) + ": " + std::string(method.help);
    return help;
}

} // namespace

void add_discover_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "discover");
    DiscoverRequest& request = options->request;
    command->add_option("model", request.model, model_help)->required();
    command->add_option("--task", request.task, "a task file, demo/NAME or a ready-made task")
        ->required();
    command->add_option("--method", options->method, method_help())
        ->check(CLI::IsMember(attribution_names));
    command
        ->add_option("--steps", request.options.integration_steps, "points on the way, for eap-ig")
        ->check(CLI::Range(1, 10'000));
    command
        ->add_option("--path", options->path,
            "what goes that way, for eap-ig\n"
            "inputs: the embedding (EAP-IG-inputs)\n"
            "activations: what each layer's heads, MLP and the embedding write, one after another "
            "(EAP-IG-activations)\n"
            "outputs: the same, where each pass scores only the edges out of what moves")
        ->check(CLI::IsMember(integration_path_names));
    command
        ->add_option("--points", options->points,
            "which points k/m of that way, for eap-ig with m --steps\n"
            "left: k = 0 to m-1\n"
            "right: k = 1 to m\n"
            "eap-ig: as EAP-IG does, left with the path inputs and right with the others (default)")
        ->check(CLI::IsMember(integration_point_names));
    command->add_option("--baseline", options->baseline, "what a patched edge carries")
        ->check(CLI::IsMember(baseline_names));
    command->add_option("--positions", options->positions, "where edges are scored")
        ->check(CLI::IsMember(position_names));
    command->add_option("--metric", options->metric, "what the scores explain")
        ->check(CLI::IsMember(metric_names));
    command->add_option("--graph", options->graph)->check(CLI::IsMember({ "full", "paper" }));
    command->add_option("--mlp-group-size", request.graph.mlp_group_size,
        "neurons to a node of the graph; 0 keeps MLPs whole");
    command->add_flag("--ungrouped", request.ungrouped,
        "a <k> and a <v> for every query head of a model that shares them, as in EAP-IG and MIB");
    command->add_option("--batch", request.batch, "examples at a time")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--examples", request.examples, "at most so many, drawn with --seed");
    command->add_option("--max-tokens", request.max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber);
    command
        ->add_option("--memory", options->megabytes,
            "MiB that may be held beside the model; by default from what the device has free")
        ->check(CLI::Range(1, 1 << 24));
    command->add_option("--seed", request.seed);
    command->add_option("--dtype", options->dtype)->check(CLI::IsMember(precision_names));
    command->add_option("--device", request.device)
        ->check(CLI::IsMember({ "auto", "cpu", "cuda" }));
    options->output.add_to(*command, "scores.json with every edge");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options] { run_discovery(*options); });
}

} // namespace circuitloom
