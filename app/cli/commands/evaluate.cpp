#include "app/cli/commands/choices.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/cross_ablate.h"
#include "app/cli/commands/device_option.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/model_option.h"
#include "app/cli/commands/needs_any_of.h"
#include "app/cli/commands/output_option.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/base/measure.h"
#include "core/engine/evaluate.h"
#include "core/run/model_reference.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

struct Options
{
    EvaluateRequest request;
    std::string baseline;
    std::string positions;
    std::string metric{ metric_names.front() };
    std::string dtype = "float32";
    CrossAblateOptions crossed;
    OutputOption output;
    std::string bos{ bos_rule_names.front() };
    std::string items; ///< file; empty for none
    bool json = false;
};

template <class Choice>
std::string_view name_of(Choice choice, const auto& names)
{
    return names[static_cast<std::size_t>(choice)];
}

template <class Number>
Json number(const std::optional<Number>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json to_json(const TaskFigures& figures)
{
    // Earlier versions called the share of preferred targets "accuracy", and so do stored runs.
    return { { "metric", figures.metric }, { "accuracy", figures.accuracy },
        { "prefers_target", figures.accuracy }, { "exact_token", figures.exact },
        { "perplexity", figures.perplexity } };
}

Json to_json(const JudgedRanking& judged)
{
    Json result{ { "cpr", number(judged.curve.cpr) }, { "cmd", number(judged.curve.cmd) },
        { "faithfulness", Json::array() } };
    for (const FaithfulnessPoint& point : judged.curve.points)
        result["faithfulness"].push_back(
            { { "k", point.share }, { "edges", point.edges }, { "live_edges", point.live },
                { "metric", point.metric }, { "faithfulness", number(point.faithfulness) } });
    if (!judged.circuit)
        return result;
    const CircuitFigures& circuit = *judged.circuit;
    Json figures{ { "edges", circuit.edges }, { "live_edges", circuit.live } };
    figures.update(to_json(*judged.task));
    figures.update({ { "faithfulness", number(circuit.faithfulness) },
        { "completeness",
            { { "metric", circuit.complement },
                { "faithfulness", number(circuit.complement_faithfulness) } } },
        { "minimality", nullptr } });
    const Minimality& minimality = circuit.minimality;
    if (minimality.tried > 0)
        figures["minimality"]
            = { { "edges_tried", minimality.tried }, { "greatest_drop", minimality.greatest },
                  { "mean_drop", minimality.mean }, { "share_near_zero", minimality.near_zero } };
    result["circuit"] = std::move(figures);
    return result;
}

Json to_json(const Options& options, const EvaluationReport& report)
{
    Json result{ { "model", options.request.model }, { "task", options.request.task },
        { "metric", options.metric }, { "examples", report.examples },
        { "task_figures", report.examples > 0 ? to_json(report.task) : Json(nullptr) },
        { "task_notes", report.notes }, { "suite_bos", options.bos },
        { "suite_notes", report.suite_notes }, { "capabilities", Json::array() } };
    for (const EvaluationRecord& record : report.capabilities)
        result["capabilities"].push_back({ { "suite", record.suite }, { "metric", record.measure },
            { "value", record.value }, { "items", record.items } });
    if (!report.circuit)
        return result;
    const CircuitReport& circuit = *report.circuit;
    result["graph"] = graph_kind_name(circuit.graph.kind);
    result["mlp_group_size"] = circuit.graph.mlp_group_size;
    result["edges"] = circuit.edges;
    result["baseline"] = name_of(circuit.baseline, baseline_names);
    result["positions"] = name_of(circuit.positions, position_names);
    result["seed"] = options.request.seed;
    result["whole_model"] = circuit.range.whole;
    result["nothing_kept"] = circuit.range.empty;
    result["found"] = to_json(circuit.found);
    result["random"] = to_json(circuit.random);
    result["as_mib"] = circuit.as_mib;
    result["unlike_mib"] = circuit.unlike_mib;
    result["notes"] = circuit.notes;
    return result;
}

std::string written(const std::optional<double>& value)
{
    return value ? fixed(*value, 4) : "-";
}

// One row for each figure of the circuit, its random twin beside it.
std::string circuit_table(const CircuitReport& report, const std::string& metric)
{
    Table table({ { "the circuit" }, { "found", true }, { "random", true } });
    const auto row = [&](const std::string& name, auto value) {
        table.add({ name, value(report.found), value(report.random) });
    };
    row("CPR, area under f", [](const auto& judged) { return written(judged.curve.cpr); });
    row("CMD, area of |1 - f|", [](const auto& judged) { return written(judged.curve.cmd); });
    if (!report.found.circuit)
        return table.text();
    const auto figure = [&row](const std::string& name, auto value) {
        row(name, [&value](const JudgedRanking& judged) {
            return judged.circuit ? value(*judged.circuit) : std::string("-");
        });
    };
    const auto of_task = [&row](const std::string& name, auto value) {
        row(name, [&value](const JudgedRanking& judged) {
            return judged.task ? value(*judged.task) : std::string("-");
        });
    };
    figure("edges", [](const auto& circuit) { return std::to_string(circuit.edges); });
    figure("live edges", [](const auto& circuit) { return std::to_string(circuit.live); });
    figure(metric, [](const auto& circuit) { return fixed(circuit.metric, 4); });
    figure("faithfulness", [](const auto& circuit) { return written(circuit.faithfulness); });
    of_task("prefers the target",
        [](const auto& task) { return value_text(measures::prefers_target, task.accuracy); });
    of_task("exact next token",
        [](const auto& task) { return value_text(measures::exact_token, task.exact); });
    of_task("perplexity",
        [](const auto& task) { return value_text(measures::perplexity, task.perplexity); });
    figure("completeness: " + metric + " of the rest",
        [](const auto& circuit) { return fixed(circuit.complement, 4); });
    figure("  its faithfulness",
        [](const auto& circuit) { return written(circuit.complement_faithfulness); });
    const auto drop = [&figure](const std::string& name, auto value) {
        figure(name, [&value](const CircuitFigures& circuit) {
            return circuit.minimality.tried > 0 ? value(circuit.minimality) : std::string("-");
        });
    };
    drop("minimality: edges taken out",
        [](const auto& minimality) { return std::to_string(minimality.tried); });
    drop("  greatest drop", [](const auto& minimality) { return fixed(minimality.greatest, 4); });
    drop("  mean drop", [](const auto& minimality) { return fixed(minimality.mean, 4); });
    drop("  share near zero", [](const auto& minimality) { return percent(minimality.near_zero); });
    return table.text();
}

void print_circuit(const CircuitReport& report, const std::string& metric)
{
    std::cout << "\n"
              << report.edges << " edges; an ablated edge carries the "
              << name_of(report.baseline, baseline_names) << " baseline at "
              << (report.positions == ScoredPositions::all ? "all" : "the target") << " positions\n"
              << metric << " with every edge " << fixed(report.range.whole, 4) << ", with none "
              << fixed(report.range.empty, 4) << "\n\n";
    Table curve({ { "k", true }, { "edges", true }, { "live", true }, { metric, true },
        { "f(k)", true }, { "random: live", true }, { metric, true }, { "f(k)", true } });
    for (std::size_t i = 0; i < report.found.curve.points.size(); ++i) {
        const FaithfulnessPoint& found = report.found.curve.points[i];
        const FaithfulnessPoint& random = report.random.curve.points[i];
        curve.add({ fixed(found.share, 3), std::to_string(found.edges), std::to_string(found.live),
            fixed(found.metric, 4), written(found.faithfulness), std::to_string(random.live),
            fixed(random.metric, 4), written(random.faithfulness) });
    }
    std::cout << curve.text() << "\n" << circuit_table(report, metric);
    if (report.unlike_mib.empty())
        std::cout << "\nEdges, k and f are as MIB's program has them.\n";
    else
        std::cout << "\nNot to be compared with MIB's published figures:\n";
    for (const std::string& difference : report.unlike_mib)
        std::cout << "  " << difference << "\n";
    if (!report.found.curve.cpr)
        std::cout << "\n"
                  << metric
                  << " is the same with every edge as with none, so how faithful a "
                     "circuit is cannot be said.\n";
    if (!report.found.circuit)
        std::cout << "\nThe file marks no circuit: give --top-n for its completeness and "
                     "minimality.\n";
}

/// One line for each item of the suites.
std::string lines_of(const std::vector<ItemAnswer>& items)
{
    std::string lines;
    for (const ItemAnswer& item : items) {
        Json line{ { "suite", item.suite }, { "index", item.index } };
        if (item.written) {
            line.update({ { "written", *item.written }, { "right", item.is_right },
                { "right_loosely", item.is_right_loosely } });
            lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
            continue;
        }
        if (!item.is_text)
            line.update({ { "answer", item.answer }, { "chosen", number(item.chosen) },
                { "right", item.chosen == item.answer },
                { "chosen_per_byte", number(item.chosen_per_byte) },
                { "right_per_byte", item.chosen_per_byte == item.answer } });
        line["choices"] = Json::array();
        for (const ItemAnswer::Choice& choice : item.choices) {
            line["choices"].push_back(
                { { "log_probability", choice.log_probability }, { "tokens", choice.tokens } });
            if (!item.is_text)
                line["choices"].back()["bytes"] = choice.bytes;
        }
        lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return lines;
}

void add_suites(const EvaluationReport& report, Table& table)
{
    for (const EvaluationRecord& record : report.capabilities)
        table.add({ record.suite + ", " + record.measure,
            value_text(measure_named(record.measure), record.value) });
}

void print_suites(const EvaluationReport& report)
{
    Table table({ { "figure" }, { "value", true } });
    add_suites(report, table);
    std::cout << table.text();
}

void print(const Options& options, const EvaluationReport& report)
{
    std::cout << options.request.task << ", "
              << counted(static_cast<std::size_t>(report.examples), "example") << "\n\n";
    Table table({ { "figure" }, { "value", true } });
    table.add({ options.metric, fixed(report.task.metric, 4) });
    table.add({ "prefers the target", value_text(measures::prefers_target, report.task.accuracy) });
    table.add({ "exact next token", value_text(measures::exact_token, report.task.exact) });
    table.add(
        { "perplexity of the texts", value_text(measures::perplexity, report.task.perplexity) });
    add_suites(report, table);
    std::cout << table.text();
    if (report.circuit)
        print_circuit(*report.circuit, options.metric);
}

void run_cross_ablation(const Options& options)
{
    std::vector<std::filesystem::path> inputs = places_of_model(options.request.model);
    inputs.insert(inputs.end(), options.crossed.tasks.begin(), options.crossed.tasks.end());
    std::optional<ResultFile> result;
    if (!options.output.file.empty())
        result = options.output.result(FileContent::figures, inputs);
    const CrossAblateReport report = cross_ablate(options.request, options.crossed);
    if (result)
        result->write(report.json);
    std::cout << (options.json ? report.json : options.crossed.csv ? report.csv : report.text);
}

void run_evaluation(Options options)
{
    EvaluateRequest& request = options.request;
    if (!options.baseline.empty())
        request.baseline = choice_of<Baseline>(options.baseline, baseline_names);
    if (!options.positions.empty())
        request.positions = choice_of<ScoredPositions>(options.positions, position_names);
    request.metric = choice_of<MetricKind>(options.metric, metric_names);
    request.dtype = precision_named(options.dtype);
    request.suite_bos = choice_of<BosRule>(options.bos, bos_rule_names);
    if (!options.crossed.tasks.empty())
        return run_cross_ablation(options);
    std::vector<std::filesystem::path> inputs = places_of_model(request.model);
    inputs.insert(inputs.end(), request.capabilities.begin(), request.capabilities.end());
    inputs.insert(inputs.end(), { request.task, request.circuit });
    const auto place = [](const std::string& file) {
        std::error_code ignored;
        return std::filesystem::weakly_canonical(std::filesystem::absolute(file), ignored);
    };
    if (!options.output.file.empty() && !options.items.empty()
        && place(options.output.file) == place(options.items))
        throw InputError("--output and --items are the same file, " + options.items
            + "; give each a file of its own.");
    std::optional<ResultFile> result, items;
    if (!options.output.file.empty())
        result = options.output.result(FileContent::figures, inputs);
    if (!options.items.empty())
        items = OutputOption{ options.items, options.output.force }.result(
            FileContent::items, inputs);
    EvaluationReport report;
    {
        ProgressLine line;
        std::string shown;
        request.progress = [&](const std::string& what, int done, int total) {
            if (what != shown)
                line.finish();
            shown = what;
            line.show(what, done, total);
        };
        report = evaluate(request);
    }
    tell_remarks(report.dropped, report.notes);
    tell_remarks({}, report.suite_notes);
    if (report.circuit)
        tell_remarks({}, report.circuit->notes);
    const std::string text
        = to_json(options, report).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (result)
        result->write(text);
    if (items)
        items->write(lines_of(report.items));
    if (options.json)
        std::cout << text;
    else if (report.examples > 0)
        print(options, report);
    else
        print_suites(report);
}

} // namespace

void add_evaluate_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "evaluate");
    EvaluateRequest& request = options->request;
    const auto one_of = [](const auto& names) {
        return CLI::IsMember(std::vector<std::string>(names.begin(), names.end()));
    };
    add_model_option(*command, request.model);
    CLI::Option_group* what = command->add_option_group("what to evaluate");
    what->require_option(1, 0);
    auto* task = what->add_option("--task", request.task,
        "a task file, a task of tasks list, or demo/NAME; not needed where only suites are asked");
    auto* suites = what->add_option("--capability", request.capabilities,
        "a suite (.jsonl, .json, .csv, .txt or demo/NAME); may be given more than once");
    auto* crossed = what->add_option("--cross-ablate", options->crossed.tasks,
        "tasks, two or more: how far ablating the circuit of each (the --top-n strongest edges, "
        "100 unless given) changes the metric of each, divided by how far as many random edges "
        "do; of a run's model the figures are stored in its file, and the same command goes on "
        "with them");
    crossed->excludes(task)->excludes(suites);
    command
        ->add_option("--random", options->crossed.random_draws,
            "with --cross-ablate: random choices of edges beside each figure (5)")
        ->check(CLI::Range(0, 1'000))
        ->needs(crossed);
    command->add_flag("--csv", options->crossed.csv, "with --cross-ablate: print CSV")
        ->needs(crossed);
    command
        ->add_option("--bos", options->bos,
            "what stands before the suites' texts, as suite.bos of tune (default: auto)")
        ->check(one_of(bos_rule_names));
    command->add_option("--items", options->items,
        "a file for one line of JSON for every item of the suites: the scores of its choices, and "
        "whether the answer was right");
    command
        ->add_option(
            "--capability-items", request.capability_items, "at most so many of each; 0 for all")
        ->check(CLI::NonNegativeNumber);
    auto* circuit = command->add_option(
        "--circuit", request.circuit, "scores.json of `discover`, or a graph JSON of EAP-IG");
    command
        ->add_option("--top-n", request.top_n,
            "the circuit is so many of the best edges; without, those that the file marks")
        ->check(CLI::PositiveNumber);
    command
        ->add_flag("--signed", request.by_signed_score,
            "the best edges are those of greatest score, not size")
        ->needs(circuit);
    command
        ->add_option("--baseline", options->baseline,
            "what an ablated edge carries; as the circuit was discovered, else mean")
        ->check(one_of(baseline_names));
    command
        ->add_option("--positions", options->positions,
            "where edges are ablated; as the circuit was discovered, else target")
        ->check(one_of(position_names));
    command
        ->add_flag("--mib", request.as_mib,
            "count and ablate as MIB (arXiv 2504.13151), to compare with its published figures: a "
            "<k> and a <v> for every query head, input without positions, the complement pruned; "
            "baseline and positions are corrupted and all unless given")
        ->needs(circuit);
    command->add_option("--metric", options->metric)->check(one_of(metric_names));
    command
        ->add_option("--minimality-edges", request.minimality_edges,
            "how many edges of the circuit are taken out one at a time, at most; 0 for none")
        ->check(CLI::NonNegativeNumber)
        ->needs(circuit);
    command
        ->add_option_function<int>(
            "--memory",
            [&request](int megabytes) { request.memory_bytes = std::int64_t{ megabytes } << 20; },
            "MiB that ablation may hold at a time (default: 512)")
        ->check(CLI::Range(1, 1 << 22));
    command->add_option("--batch", request.batch, "examples at a time")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--examples", request.examples,
        "at most so many, drawn with --seed; with --cross-ablate the first so many of each task");
    command->add_option("--max-tokens", request.max_tokens, "longer examples are cut")
        ->check(CLI::PositiveNumber);
    command->add_option("--seed", request.seed, "also of the random circuit");
    command->add_option("--dtype", options->dtype)->check(CLI::IsMember(precision_names));
    add_device_option(*command, request.device);
    command->add_flag(
        "--strict", request.strict, "refuse a task with targets that look like mistakes");
    options->output.add_to(*command, "the figures as JSON");
    command->add_flag("--json", options->json, "print JSON");
    command->callback([options, command] {
        for (const char* option : { "--top-n", "--baseline", "--positions" })
            needs_any_of(*command, option, { "--circuit", "--cross-ablate" });
        run_evaluation(*options);
    });
}

} // namespace circuitloom
