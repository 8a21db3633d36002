#include "app/cli/commands/ask.h"
#include "app/cli/commands/choices.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/architecture/model_config.h"
#include "core/architecture/model_files.h"
#include "core/base/error.h"
#include "core/base/measure.h"
#include "core/formats/graph_json.h"
#include "core/graph/edge_order.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace circuitloom {

namespace {

struct Options
{
    AskOptions ask;
    AblationQuestion question;
    std::string without;
    std::string only;
    int top_n = 0;
    int group_size = -1; ///< not given
    std::string metric = "logit-diff";
    std::string baseline = "mean";
    std::string positions = "all";
};

/// The circuit of an iteration, `FILE.loom:R@I`.
void take_iteration(AblationQuestion& question, const RunMoment& moment)
{
    if (moment.kind != RunMoment::Kind::iteration)
        throw InputError(
            to_string(moment) + ": a circuit is of an iteration; write its number after the @.");
    const ExperimentReader reader(moment.file);
    const RunDescription run = reader.run(moment.run).description;
    const ComputationalGraph graph(run.shape, run.graph);
    question.graph = run.graph;
    for (const ScoredEdge& edge : reader.circuit(moment.run, { moment.number }))
        question.names.push_back(graph.edge_name(edge.edge));
}

/// The circuit of a scores.json or of EAP-IG's JSON: the edges that it marks, or the best ones.
void take_file(Options& options)
{
    const ModelFiles files = open_model_description(untouched_model(options.ask.model));
    const ScoredGraph scored = read_graph_json(
        options.only, parse_model_config(files.config_json, files.origin).graph_shape());
    AblationQuestion& question = options.question;
    question.graph = scored.graph.options();
    if (options.top_n > 0) {
        const std::vector<float> scores(scored.scores.begin(), scored.scores.end());
        for (const ScoredEdge& edge :
            strongest_edges(scores, static_cast<std::size_t>(options.top_n)))
            question.names.push_back(scored.graph.edge_name(edge.edge));
        return;
    }
    for (std::size_t i = 0; i < scored.circuit.size(); ++i)
        if (scored.circuit[i])
            question.names.push_back(scored.graph.edge_name({ static_cast<std::int32_t>(i) }));
    if (question.names.empty())
        throw InputError(options.only
            + " marks no edge as the circuit's; say with --top-n how many of the best are it.");
}

void print_json(const AblationAnswer& answer)
{
    nlohmann::ordered_json result{ { "edges", answer.edges }, { "ablated", answer.ablated },
        { "figures", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    for (const AblatedFigure& figure : answer.figures)
        result["figures"].push_back({ { "suite", figure.suite }, { "measure", figure.measure },
            { "whole", figure.whole }, { "ablated", figure.ablated }, { "items", figure.items } });
    std::cout << result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void ablate(Options& options)
{
    AblationQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    question.metric = choice_of<MetricKind>(options.metric, metric_names);
    question.baseline = choice_of<Baseline>(options.baseline, baseline_names);
    question.positions = choice_of<ScoredPositions>(options.positions, position_names);
    question.keep_only = !options.only.empty();
    if (!question.keep_only) {
        question.names = words_of(options.without);
    } else {
        const ModelReference circuit = options.only.find(".loom") != std::string::npos
            ? parse_model_reference(options.only)
            : ModelReference(options.only);
        if (const auto* moment = std::get_if<RunMoment>(&circuit))
            take_iteration(question, *moment);
        else
            take_file(options);
    }
    if (options.group_size >= 0)
        question.graph = GraphOptions{ GraphKind::full, options.group_size };
    const auto answer = std::get<AblationAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    if (options.ask.json) {
        print_json(answer);
        return;
    }
    Table table({ { "suite" }, { "measure" }, { "whole model", true }, { "ablated", true },
        { "change", true } });
    for (const AblatedFigure& figure : answer.figures) {
        const Measure measure = measure_named(figure.measure);
        table.add({ figure.suite, table_name(figure.suite, figure.measure),
            value_text(measure, figure.whole), value_text(measure, figure.ablated),
            change_text(measure, figure.ablated - figure.whole) });
    }
    std::cout << answer.ablated << " of " << answer.edges << " edges ablated (baseline "
              << options.baseline << ")\n\n"
              << table.text();
}

} // namespace

void add_ablate_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    AblationQuestion& question = options->question;
    CLI::App* command = add_engine_command(app, "ablate");
    add_ask_options(*command, options->ask);
    CLI::Option* without = command->add_option("--without", options->without,
        "what is ablated, separated by commas: nodes (a2.h5, all edges out of it), inputs "
        "(a2.h5<q>, all edges into it) and edges (m0.g3->logits)");
    CLI::Option* only = command->add_option("--only", options->only,
        "the circuit that stays: scores.json, EAP-IG's JSON, or FILE.loom:R@I");
    without->excludes(only);
    command
        ->add_option("--top-n", options->top_n, "with --only: the best so many edges of the file")
        ->needs(only)
        ->check(CLI::PositiveNumber);
    command->add_option("--task", question.task, "a task file, demo/NAME or a ready-made task")
        ->required();
    command->add_option("--capability", question.suites, "a suite; may be given more than once");
    command
        ->add_option(
            "--capability-items", question.suite_items, "at most so many of each; 0 for all")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--metric", options->metric)->check(CLI::IsMember(metric_names));
    command->add_option("--baseline", options->baseline, "what an ablated edge carries")
        ->check(CLI::IsMember(baseline_names));
    command->add_option("--positions", options->positions, "where the task's edges are ablated")
        ->check(CLI::IsMember(position_names));
    command->add_option("--mlp-group-size", options->group_size,
        "neurons to a node of the graph; by default the run's or the circuit's graph, else whole "
        "MLPs");
    command->add_option("--examples", question.examples, "the first so many; 0 for all")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--batch", question.batch)->check(CLI::Range(1, 100'000));
    command->add_option("--max-tokens", question.max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber);
    command->callback([options, without, only] {
        if (without->empty() && only->empty())
            throw CLI::RequiredError("--without or --only");
        ablate(*options);
    });
}

} // namespace circuitloom
