#include "app/cli/commands/choices.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/device_option.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/output_option.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/engine/discover.h"
#include "core/formats/graph_json.h"
#include "core/graph/edge_order.h"
#include "core/run/model_reference.h"

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
    std::string rule{ selection_rule_names.front() };
    CertaintyBounds bounds;
    OutputOption output;
    int megabytes = 0;
    bool json = false;
};

ResampledScores resampled(const Options& options, const ScoreCertainty& found)
{
    const SelectionOptions& selection = options.request.selection;
    return { found, options.rule,
        selection.rule == SelectionRule::threshold ? selection.threshold
                                                   : static_cast<double>(selection.n),
        options.bounds };
}

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
    if (found.certainty)
        scored.resampled = resampled(options, *found.certainty);
    result.write(scores_json(scored, request.model));
}

std::vector<float> in_float(const std::vector<double>& scores)
{
    return { scores.begin(), scores.end() };
}

const EdgeCertainty& certainty_of(const DiscoveredScores& found, EdgeId edge)
{
    return found.certainty->edges[static_cast<std::size_t>(edge.value)];
}

std::string class_name(const EdgeCertainty& edge, const CertaintyBounds& bounds)
{
    switch (certainty_class(edge.inclusion, bounds)) {
    case CertaintyClass::core:
        return "core";
    case CertaintyClass::contingent:
        return "contingent";
    case CertaintyClass::noise:
        return "noise";
    }
    return {};
}

std::string certainty_text(const Options& options, const ScoreCertainty& found)
{
    const CertaintyCounts counts = count_classes(found, options.bounds);
    const bool by_example = found.blocks == found.examples;
    return std::to_string(found.resamples) + " resamples of "
        + (by_example ? counted(static_cast<std::size_t>(found.examples), "example")
                      : std::to_string(found.blocks) + " blocks of the "
                    + counted(static_cast<std::size_t>(found.examples), "example"))
        + ", circuits by " + options.rule + ", the baseline that of all examples\nstability "
        + fixed(found.stability.jaccard, 3) + " (random circuits of this size "
        + fixed(found.stability.chance, 3) + "): the mean Jaccard similarity of two resamples\n"
        + std::to_string(counts.core) + " edges are core (in at least "
        + percent(options.bounds.core, 0) + " of the resamples), "
        + std::to_string(counts.contingent) + " contingent, " + std::to_string(counts.noise)
        + " noise (below " + percent(options.bounds.noise, 0) + "); the sign of "
        + std::to_string(counts.sign_certain) + " of " + std::to_string(found.edges.size())
        + " scores is certain\n";
}

void run_discovery(Options options)
{
    if (options.bounds.noise > options.bounds.core)
        throw InputError("--noise must not be above --core.");
    options.request.selection.rule = choice_of<SelectionRule>(options.rule, selection_rule_names);
    std::optional<ResultFile> result;
    if (!options.output.file.empty()) {
        std::vector<std::filesystem::path> inputs = places_of_model(options.request.model);
        inputs.emplace_back(options.request.task);
        result = options.output.result(FileContent::scores, inputs);
    }
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
        for (const ScoredEdge& scored : strongest) {
            nlohmann::ordered_json edge{ { "edge", found.graph.edge_name(scored.edge) },
                { "score", scored.score } };
            if (found.certainty) {
                const EdgeCertainty& sure = certainty_of(found, scored.edge);
                edge.update({ { "inclusion", sure.inclusion }, { "low", sure.low },
                    { "high", sure.high } });
            }
            printed["strongest"].push_back(std::move(edge));
        }
        if (found.certainty) {
            printed["certainty"] = certainty_json(resampled(options, *found.certainty));
            printed["resampling_seconds"] = found.resampling_seconds;
        }
        std::cout << written(printed);
        return;
    }
    Table table = found.certainty
        ? Table({ { "strongest edges" }, { "score", true }, { "2.5 %", true }, { "97.5 %", true },
              { "in resamples", true }, { "" } })
        : Table({ { "strongest edges" }, { "score", true } });
    for (const ScoredEdge& scored : strongest) {
        std::vector<std::string> cells{ found.graph.edge_name(scored.edge),
            fixed(scored.score, 5) };
        if (found.certainty) {
            const EdgeCertainty& sure = certainty_of(found, scored.edge);
            for (const std::string& cell : { fixed(sure.low, 5), fixed(sure.high, 5),
                     percent(sure.inclusion, 1), class_name(sure, options.bounds) })
                cells.push_back(cell);
        }
        table.add(std::move(cells));
    }
    std::cout << options.metric << " " << fixed(found.metric, 4) << " over "
              << counted(static_cast<std::size_t>(found.examples), "example") << ", "
              << found.scores.size() << " edges scored\n\n"
              << table.text();
    if (found.certainty)
        std::cout << "\n" << certainty_text(options, *found.certainty);
    if (result)
        std::cout << "\nevery edge is in " << options.output.file << "\n";
}

/// Some options say how one kind of method works, and do nothing with the others.
void require_use_of_method_options(const CLI::App& command, const std::string& method)
{
    const AttributionInfo& info = attribution_named(method);
    const auto require = [&](bool takes, std::initializer_list<const char*> options) {
        for (const char* option : options)
            if (!takes && command.count(option) > 0)
                throw InputError("The method " + method + " has no use for " + option
                    + "; leave it out, or choose another --method.");
    };
    require(info.takes_integration_steps, { "--steps", "--path", "--points" });
    require(info.takes_baseline, { "--baseline", "--positions" });
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
    add_model_option(*command, request.model);
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
    CLI::Option* resamples
        = command
              ->add_option("--resamples", request.resamples,
                  "how sure the scores are, from so many bootstrap resamples of the examples (200 "
                  "is usual); 0 for none")
              ->check(CLI::Range(0, 10'000));
    command->add_option("--top-n", request.selection.n, "with --resamples: edges of their circuits")
        ->check(CLI::PositiveNumber)
        ->needs(resamples);
    command->add_option("--rule", options->rule, "with --resamples: how their circuits are chosen")
        ->check(CLI::IsMember(selection_rule_names))
        ->needs(resamples);
    command
        ->add_option("--threshold", request.selection.threshold,
            "with --resamples and the rule threshold: the least strength of an edge")
        ->needs(resamples);
    command
        ->add_option("--core", options->bounds.core,
            "with --resamples: an edge in at least this share of them is core")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(resamples);
    command
        ->add_option("--noise", options->bounds.noise,
            "with --resamples: an edge in fewer than this share of them is noise")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(resamples);
    command->add_option("--dtype", options->dtype)->check(CLI::IsMember(precision_names));
    add_device_option(*command, request.device);
    options->output.add_to(*command, "scores.json with every edge");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options, command] {
        require_use_of_method_options(*command, options->method);
        run_discovery(*options);
    });
}

} // namespace circuitloom
