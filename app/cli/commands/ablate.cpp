#include "app/cli/commands/ask.h"
#include "app/cli/commands/choices.h"
#include "app/cli/commands/circuit_source.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/analysis/spread.h"
#include "core/base/measure.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <utility>
#include <vector>

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
    std::string metric; ///< empty, as the next two: what the run scored with
    std::string baseline;
    std::string positions;
};

void print_json(const AblationAnswer& answer, const AblationQuestion& question)
{
    nlohmann::ordered_json result{ { "edges", answer.edges }, { "ablated", answer.ablated },
        { "baseline", baseline_names[static_cast<std::size_t>(question.baseline)] },
        { "positions", position_names[static_cast<std::size_t>(question.positions)] },
        { "figures", nlohmann::ordered_json::array() } };
    if (answer.model.step >= 0)
        result["step"] = answer.model.step;
    for (const AblatedFigure& figure : answer.figures)
        result["figures"].push_back({ { "suite", figure.suite }, { "measure", figure.measure },
            { "whole", figure.whole }, { "ablated", figure.ablated }, { "items", figure.items },
            { "random", figure.random } });
    if (answer.expected)
        result["expected"] = { { "fall", answer.expected->fall },
            { "scored", answer.expected->scored }, { "unscored", answer.expected->unscored } };
    std::cout << result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

/// What the random choices change: mean and standard deviation, as the change beside it.
std::string random_text(const Measure& measure, const AblatedFigure& figure)
{
    std::vector<double> changes;
    for (const double value : figure.random)
        changes.push_back(value - figure.whole);
    return change_text(measure, spread_of(changes));
}

void print_expected(const FirstOrderEffect& expected, const AblatedFigure& metric)
{
    const Measure measure = measure_named(metric.measure);
    std::cout << "\nexpected " << metric.measure << " by the circuit's scores: "
              << value_text(measure, metric.whole - expected.fall) << ", from "
              << expected.scored << " of the ablated edges; " << expected.unscored
              << " have no score\n";
}

/// Of a run's model what its edges were scored with, so that the scores say what to expect.
void take_scored_settings(AblationQuestion& question)
{
    const auto* moment = std::get_if<RunMoment>(&question.model);
    if (moment == nullptr)
        return;
    const RunDescription run = ExperimentReader(moment->file).run(moment->run).description;
    if (is_imported(run))
        return;
    const DiscoveryOptions scored = config_of(run).discovery;
    question.metric = scored.metric;
    question.baseline = scored.baseline;
    question.positions = scored.positions;
}

void ablate(Options& options)
{
    AblationQuestion& question = options.question;
    set_model(options.ask, question.model, question.compute);
    take_scored_settings(question);
    if (!options.metric.empty())
        question.metric = choice_of<MetricKind>(options.metric, metric_names);
    if (!options.baseline.empty())
        question.baseline = choice_of<Baseline>(options.baseline, baseline_names);
    if (!options.positions.empty())
        question.positions = choice_of<ScoredPositions>(options.positions, position_names);
    question.keep_only = !options.only.empty();
    if (!question.keep_only) {
        question.names = words_of(options.without);
    } else {
        CircuitSource circuit = read_circuit(options.only, options.ask.model, options.top_n);
        question.names = std::move(circuit.edges);
        question.graph = circuit.graph;
    }
    if (options.group_size >= 0)
        question.graph = GraphOptions{ GraphKind::full, options.group_size };
    const auto answer = std::get<AblationAnswer>(ask(question));
    tell_model(answer.model);
    tell_remarks(answer.dropped, answer.notes);
    if (options.ask.json) {
        print_json(answer, question);
        return;
    }
    const bool draws = question.random_draws > 0;
    std::vector<Table::Column> columns{ { "suite" }, { "measure" }, { "whole model", true },
        { "ablated", true }, { "change", true } };
    if (draws)
        columns.push_back({ "random change", true });
    Table table(columns);
    for (const AblatedFigure& figure : answer.figures) {
        const Measure measure = measure_named(figure.measure);
        std::vector<std::string> cells{ figure.suite, table_name(figure.suite, figure.measure),
            value_text(measure, figure.whole), value_text(measure, figure.ablated),
            change_text(measure, figure.ablated - figure.whole) };
        if (draws)
            cells.push_back(random_text(measure, figure));
        table.add(cells);
    }
    std::cout << answer.ablated << " of " << answer.edges << " edges ablated (baseline "
              << baseline_names[static_cast<std::size_t>(question.baseline)] << ", positions "
              << position_names[static_cast<std::size_t>(question.positions)] << ")\n\n"
              << table.text();
    if (answer.expected)
        print_expected(*answer.expected, answer.figures.front());
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
        ->add_option("--top-n", options->top_n,
            "with --only: the best so many edges of the file, or of the iteration's circuit")
        ->needs(only)
        ->check(CLI::PositiveNumber);
    command->add_option("--task", question.task, "a task file, demo/NAME or a ready-made task")
        ->required();
    command->add_option("--capability", question.suites, "a suite; may be given more than once");
    command
        ->add_option(
            "--capability-items", question.suite_items, "at most so many of each; 0 for all")
        ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--metric", options->metric,
            "this and the next two: the run's by default, else logit-diff, mean and all")
        ->check(CLI::IsMember(metric_names));
    command->add_option("--baseline", options->baseline, "what an ablated edge carries")
        ->check(CLI::IsMember(baseline_names));
    command->add_option("--positions", options->positions, "where the task's edges are ablated")
        ->check(CLI::IsMember(position_names));
    command->add_option("--mlp-group-size", options->group_size,
        "neurons to a node of the graph; by default the run's or the circuit's graph, else whole "
        "MLPs");
    command
        ->add_option("--random", question.random_draws,
            "with --without: so many random choices of as many nodes and edges, and what they change")
        ->excludes(only)
        ->check(CLI::Range(0, 1'000));
    command->add_option("--seed", question.seed, "of the random choices");
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
