#include "app/cli/commands/dynamics_tables.h"

#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"
#include "core/analysis/least_iterations.h"
#include "core/base/measure.h"
#include "core/run/run_measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t most_pairs = 16; // of layers
constexpr std::size_t most_nodes = 12;
constexpr std::size_t most_trends = 12;
constexpr int widest_matrix = 9; // layers whose matrix fits 100 columns

std::string source_name(int source)
{
    return source == 0 ? "input" : "layer " + std::to_string(source - 1);
}

std::string target_name(int target, int layers)
{
    return target == layers ? "logits" : "layer " + std::to_string(target);
}

std::string whole_percent(double share)
{
    return fixed(100 * share, 0);
}

// As in "12 > 30", the run's start and end.
std::string flow_matrix(const LayerFlow& first, const LayerFlow& last)
{
    const int layers = first.layers();
    std::vector<Table::Column> columns{ { "from" } };
    for (int target = 0; target <= layers; ++target)
        columns.push_back({ target_name(target, layers), true });
    Table table(std::move(columns));
    for (int source = 0; source <= layers; ++source) {
        std::vector<std::string> row{ source_name(source) };
        for (int target = 0; target <= layers; ++target) {
            const double before = first.share(source, target);
            const double after = last.share(source, target);
            row.push_back(before == 0 && after == 0
                    ? ""
                    : whole_percent(before) + " > " + whole_percent(after));
        }
        table.add(std::move(row));
    }
    return table.text();
}

// Deep models: the pairs of layers with the most, at either end.
std::string flow_pairs(const LayerFlow& first, const LayerFlow& last)
{
    const int layers = first.layers();
    std::vector<std::pair<int, int>> pairs;
    for (int source = 0; source <= layers; ++source)
        for (int target = 0; target <= layers; ++target)
            if (first.at(source, target) > 0 || last.at(source, target) > 0)
                pairs.emplace_back(source, target);
    std::ranges::stable_sort(pairs, std::greater{}, [&](const std::pair<int, int>& pair) {
        return std::max(first.share(pair.first, pair.second), last.share(pair.first, pair.second));
    });
    pairs.resize(std::min(pairs.size(), most_pairs));
    Table table({ { "from" }, { "to" }, { "start", true }, { "end", true } });
    for (const auto& [source, target] : pairs)
        table.add({ source_name(source), target_name(target, layers),
            percent(first.share(source, target)), percent(last.share(source, target)) });
    return table.text();
}

bool within_noise(const CapabilityMovement& one)
{
    return one.noise && std::abs(one.movement->farthest - one.movement->first) < *one.noise;
}

std::vector<std::string> movement_row(
    const std::string& suite, const std::string& name, const Movement& moved)
{
    const Measure measure = measure_named(name);
    return { suite, table_name(suite, name), value_text(measure, moved.first), value_text(measure, moved.farthest),
        value_text(measure, moved.last), fixed(moved.halfway_step, 1),
        fixed(moved.largest_from, 0) + " to " + fixed(moved.largest_to, 0) };
}

std::string lag_text(const CapabilityMovement& one)
{
    if (within_noise(one))
        return "noise?";
    if (!one.lag)
        return "-";
    return (*one.lag > 0 ? "+" : "") + fixed(*one.lag, 1);
}

// Where a suite is scored in two ways, the table shows the one.
bool is_shown(const CapabilityMovement& one)
{
    return !measure_named(one.measure).detail;
}

} // namespace

std::string flow_table(const LayerFlow& first, const LayerFlow& last)
{
    return first.layers() <= widest_matrix ? flow_matrix(first, last) : flow_pairs(first, last);
}

std::string trends_table(const ComputationalGraph& graph, const RunDynamics& run)
{
    using Kind = EdgeTrend::Kind;
    Table table({ { "edge" }, { "r", true }, { "change in 1,000 steps", true }, { "trend" } });
    std::size_t rows = 0;
    for (const EdgeTrend& trend : run.trends)
        if (trend.kind != Kind::none && rows++ < most_trends)
            table.add(
                { graph.edge_name(trend.edge), fixed(trend.r, 2), fixed(1000 * trend.slope, 3),
                    trend.kind == Kind::strengthened ? "score rises" : "score falls" });
    const auto counted = [&](Kind kind) {
        return std::to_string(std::ranges::count(run.trends, kind, &EdgeTrend::kind));
    };
    return "the scores of " + counted(Kind::strengthened) + " edges rise (by chance "
        + fixed(run.by_chance.trends_strengthened, 1) + "), of " + counted(Kind::weakened)
        + " they fall (" + fixed(run.by_chance.trends_weakened, 1) + ")\n"
        + (rows > 0 ? table.text() : "");
}

std::string movements_table(const RunDynamics& run)
{
    Table table({ { "what" }, { "measure" }, { "start", true }, { "farthest", true },
        { "end", true }, { "half way", true }, { "most between", true }, { "lag", true } });
    struct Row
    {
        double halfway;
        std::vector<std::string> cells;
    };
    std::vector<Row> rows;
    std::string still;
    for (const CapabilityMovement& one : run.capabilities) {
        if (!is_shown(one))
            continue;
        if (!one.movement) {
            still += (still.empty() ? "" : ", ") + one.suite + " ("
                + table_name(one.suite, one.measure) + ")";
            continue;
        }
        rows.push_back(
            { one.movement->halfway_step, movement_row(one.suite, one.measure, *one.movement) });
        rows.back().cells.push_back(lag_text(one));
    }
    if (run.circuit) {
        rows.push_back(
            { run.circuit->halfway_step, movement_row("THE CIRCUIT", "position", *run.circuit) });
        rows.back().cells.push_back("");
    }
    std::ranges::stable_sort(rows, {}, &Row::halfway);
    for (Row& row : rows)
        table.add(std::move(row.cells));
    const char* why = run.iterations.size() < iterations_that_tell
        ? "too few iterations to tell: "
        : "unchanged: ";
    return table.text() + (still.empty() ? "" : why + printable(still) + "\n");
}

std::string drift_table(const RunDrift& drift)
{
    Table table({ { "node" }, { "change / start", true }, { "change", true } });
    for (std::size_t i = 0; i < std::min(drift.nodes.size(), most_nodes); ++i) {
        const NodeDrift& node = drift.nodes[i];
        table.add({ node.node, fixed_or_dash(node.drift.relative(), 5),
            fixed(node.drift.absolute(), 5) });
    }
    return table.text();
}

} // namespace circuitloom
