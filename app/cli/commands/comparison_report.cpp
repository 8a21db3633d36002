#include "app/cli/commands/comparison_report.h"

#include "app/cli/commands/circuit_diff_report.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/table.h"
#include "core/base/measure.h"
#include "core/run/run_measures.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows = 12; // of steps
constexpr std::size_t most_names = 12; // of edges or nodes of one kind
constexpr std::size_t widest_line = 96;

ComputationalGraph graph_of(const RunComparison& runs)
{
    return { runs.first.description.shape, runs.first.description.graph };
}

std::string runs_table(const RunComparison& runs)
{
    const std::string first = "run " + std::to_string(runs.first.id.value);
    const std::string second = "run " + std::to_string(runs.second.id.value);
    Table table({ { "" }, { first, true }, { second, true } });
    const auto row = [&](const std::string& name, auto value) {
        table.add({ name, value(runs.first), value(runs.second) });
    };
    row("name", [](const RunSummary& run) { return run.description.name; });
    row("method", [](const RunSummary& run) { return run.description.method; });
    row("seed", [](const RunSummary& run) { return std::to_string(run.description.seed); });
    row("state", [](const RunSummary& run) { return std::string(run_state_name(run.state)); });
    row("steps", [](const RunSummary& run) { return std::to_string(run.steps_done); });
    row("iterations", [](const RunSummary& run) { return std::to_string(run.iterations); });
    const auto share = [](const std::optional<double>& ratio) {
        return ratio ? percent(*ratio) : std::string("-");
    };
    table.add({ "mean tunable", share(runs.first_tunable), share(runs.second_tunable) });
    row("last loss", [](const RunSummary& run) {
        return run.last_loss ? value_text(measures::loss, *run.last_loss) : std::string("-");
    });
    const std::string metric = metric_name(std::array{ runs.first, runs.second });
    row("last " + metric, [&metric](const RunSummary& run) { return last_metric(run, metric); });
    return table.text();
}

std::string figures_table(const RunComparison& runs)
{
    const std::string first = "run " + std::to_string(runs.first.id.value);
    const std::string second = "run " + std::to_string(runs.second.id.value);
    Table table({ { "suite" }, { "measure" }, { first + " before", true }, { "after", true },
        { second + " before", true }, { "after", true }, { "difference", true } });
    for (const PairedFigure& figure : runs.figures) {
        const Measure measure = measure_named(figure.measure);
        std::vector<std::string> row{ figure.suite, table_name(figure.suite, figure.measure) };
        for (const auto& side : { figure.first, figure.second }) {
            row.push_back(side ? value_text(measure, side->before.value) : "-");
            row.push_back(side ? value_text(measure, side->after.value) : "-");
        }
        if (figure.first && figure.second)
            row.push_back(
                change_text(measure, figure.second->after.value - figure.first->after.value));
        table.add(std::move(row));
    }
    return table.empty() ? "" : "\nEvery suite before and after\n" + table.text();
}

/// As in "  in both: a0.h1, m3, …", in lines of at most 100 columns.
std::string list(const std::string& title, const std::vector<std::string>& names)
{
    if (names.empty())
        return {};
    std::string text;
    std::string line = "  " + title + ": ";
    for (std::size_t i = 0; i < std::min(names.size(), most_names); ++i) {
        if (line.size() + names[i].size() > widest_line) {
            text += line.substr(0, line.size() - 1) + "\n";
            line = "    ";
        }
        line += names[i] + (i + 1 < names.size() ? ", " : "");
    }
    if (names.size() > most_names)
        line += "and " + std::to_string(names.size() - most_names) + " more";
    return text + line + "\n";
}

std::string circuits_text(const RunComparison& runs)
{
    const CircuitDiff& diff = *runs.circuits;
    const ComputationalGraph graph = graph_of(runs);
    const Components components(graph);
    const auto kept = diff.edges.kept.size();
    const auto of_first = kept + diff.edges.left.size();
    const auto of_second = kept + diff.edges.entered.size();
    const double chance = jaccard_by_chance(static_cast<std::int64_t>(of_first),
        static_cast<std::int64_t>(of_second), static_cast<std::int64_t>(graph.edges().size()));
    Table table({ { "the last circuits" }, { "in both", true }, { "first alone", true },
        { "second alone", true }, { "Jaccard", true }, { "by chance", true } });
    table.add({ "edges", std::to_string(kept), std::to_string(diff.edges.left.size()),
        std::to_string(diff.edges.entered.size()),
        value_text(measures::edge_jaccard, diff.edges.jaccard()),
        value_text(measures::edge_jaccard, chance) });
    table.add({ "nodes", std::to_string(diff.nodes.kept.size()),
        std::to_string(diff.nodes.left.size()), std::to_string(diff.nodes.entered.size()),
        value_text(measures::node_jaccard, diff.nodes.jaccard()), "" });
    std::string text = "\n" + table.text() + "rank correlation of the shared scores "
        + fixed_or_dash(diff.rank_correlation, 2) + ", of their sizes "
        + fixed_or_dash(diff.strength_correlation, 2) + "; weighted distance "
        + fixed(diff.distance, 3) + "\n" + std::to_string(diff.turned)
        + " of the shared edges have the other sign\n";

    const auto edge_names = [&graph](const std::vector<EdgeId>& edges) {
        std::vector<std::string> names;
        for (const EdgeId edge : edges)
            names.push_back(graph.edge_name(edge));
        return names;
    };
    const auto node_names = [&components](const std::vector<ComponentId>& nodes) {
        std::vector<std::string> names;
        for (const ComponentId node : nodes)
            names.push_back(components.name(node));
        return names;
    };
    return text + list("nodes in the first alone", node_names(diff.nodes.left))
        + list("nodes in the second alone", node_names(diff.nodes.entered))
        + list("edges in the first alone", edge_names(diff.edges.left))
        + list("edges in the second alone", edge_names(diff.edges.entered));
}

std::string paired_table(const RunComparison& runs)
{
    Table table({ { "step", true }, { "Jaccard", true }, { "of nodes", true }, { "rank", true },
        { "of sizes", true }, { "distance", true } });
    const std::size_t count = runs.paired.size();
    const std::size_t rows = std::min(count, most_rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const PairedCircuits& pair
            = runs.paired[rows == 1 ? count - 1 : i * (count - 1) / (rows - 1)];
        table.add(
            { std::to_string(pair.step), value_text(measures::edge_jaccard, pair.edge_jaccard),
                value_text(measures::node_jaccard, pair.node_jaccard),
                fixed_or_dash(pair.rank_correlation, 2),
                fixed_or_dash(pair.strength_correlation, 2), fixed(pair.distance, 3) });
    }
    if (table.empty())
        return {};
    return "\nThe circuits of both at the same step" + std::string(rows < count ? ", some" : "")
        + "\n" + table.text();
}

Json run_json(const RunSummary& run, const std::optional<double>& tunable)
{
    return { { "run", run.id.value }, { "name", run.description.name },
        { "method", run.description.method }, { "seed", run.description.seed },
        { "state", run_state_name(run.state) }, { "steps", run.steps_done },
        { "iterations", run.iterations }, { "mean_tunable_ratio", number(tunable) },
        { "last_loss", number(run.last_loss) }, { "last_metric", number(run.last_metric) } };
}

Json ends_json(const std::optional<BeforeAndAfter>& pair)
{
    if (!pair)
        return nullptr;
    return { { "before_step", pair->before.step }, { "before", number(pair->before.value) },
        { "after_step", pair->after.step }, { "after", number(pair->after.value) },
        { "items", pair->after.items } };
}

} // namespace

std::string comparison_report(const RunComparison& runs)
{
    std::string text = runs_table(runs) + figures_table(runs);
    if (!runs.circuits)
        return text + "\n" + runs.why_not + "\n";
    return text + circuits_text(runs) + paired_table(runs);
}

std::string comparison_report_json(const RunComparison& runs)
{
    Json json{ { "first", run_json(runs.first, runs.first_tunable) },
        { "second", run_json(runs.second, runs.second_tunable) }, { "last_circuits", nullptr },
        { "why_not", runs.why_not } };
    if (runs.circuits)
        json["last_circuits"] = circuit_diff_json(graph_of(runs), *runs.circuits);
    Json& paired = json["same_steps"] = Json::array();
    for (const PairedCircuits& pair : runs.paired)
        paired.push_back({ { "step", pair.step }, { "first_iteration", pair.first_iteration },
            { "second_iteration", pair.second_iteration }, { "edge_jaccard", pair.edge_jaccard },
            { "node_jaccard", pair.node_jaccard },
            { "rank_correlation", number(pair.rank_correlation) },
            { "strength_correlation", number(pair.strength_correlation) },
            { "distance", pair.distance } });
    Json& figures = json["evaluations"] = Json::array();
    for (const PairedFigure& figure : runs.figures)
        figures.push_back({ { "suite", figure.suite }, { "measure", figure.measure },
            { "first", ends_json(figure.first) }, { "second", ends_json(figure.second) } });
    return written(json);
}

} // namespace circuitloom
