#include "app/cli/commands/dynamics_report.h"

#include "app/cli/commands/dynamics_tables.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include <algorithm>
#include <span>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t most_rows = 16; // of iterations, each a block of them where there are more
constexpr std::size_t most_edges = 12;

using Block = std::span<const IterationDynamics>;

std::vector<Block> blocks_of(const std::vector<IterationDynamics>& iterations)
{
    const Block all(iterations);
    const std::size_t count = std::min(most_rows, all.size());
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = i * all.size() / count;
        blocks.push_back(all.subspan(begin, (i + 1) * all.size() / count - begin));
    }
    return blocks;
}

/// Of what `value` gives of each iteration, those without one passed over.
template <class Value>
std::optional<double> mean(Block block, Value value)
{
    double sum = 0;
    int count = 0;
    for (const IterationDynamics& one : block)
        if (const std::optional<double> found = value(one)) {
            sum += *found;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

/// The same of a field of the changes.
template <class Value>
std::optional<double> mean_change(Block block, Value value)
{
    return mean(block, [&value](const IterationDynamics& one) {
        return one.change ? std::optional<double>(value(*one.change)) : std::nullopt;
    });
}

std::string percent_or_dash(const std::optional<double>& share)
{
    return share ? percent(*share) : "-";
}

std::string steps_text(Block block)
{
    const int first = block.front().step;
    const int last = block.back().step;
    return std::to_string(first) + (last == first ? "" : " to " + std::to_string(last));
}

std::string changes_table(const std::vector<Block>& blocks)
{
    Table table({ { "steps" }, { "edges", true }, { "nodes", true }, { "turnover", true },
        { "Jaccard", true }, { "of nodes", true }, { "rank", true }, { "of sizes", true },
        { "distance", true } });
    for (const Block block : blocks)
        table.add({ steps_text(block),
            fixed_or_dash(mean(block, [](const auto& one) { return one.edges; }), 0),
            fixed_or_dash(mean(block, [](const auto& one) { return one.nodes; }), 0),
            percent_or_dash(mean_change(block, [](const auto& change) { return change.turnover; })),
            fixed_or_dash(
                mean_change(block, [](const auto& change) { return change.edge_jaccard; }), 2),
            fixed_or_dash(
                mean_change(block, [](const auto& change) { return change.node_jaccard; }), 2),
            fixed_or_dash(
                mean_change(block, [](const auto& change) { return change.rank_correlation; }), 2),
            fixed_or_dash(
                mean_change(block, [](const auto& change) { return change.strength_correlation; }),
                2),
            fixed_or_dash(
                mean_change(block, [](const auto& change) { return change.distance; }), 3) });
    return table.text();
}

std::string circuits_table(const std::vector<Block>& blocks, int window)
{
    Table table({ { "steps" }, { "position", true }, { "of last", true }, { "strength", true },
        { "entropy", true }, { "evenness", true }, { "age", true }, { "settled", true },
        { "up", true }, { "down", true }, { "chance", true } });
    for (const Block block : blocks) {
        const auto settled = mean(block, [](const auto& one) { return one.lives.settled; });
        table.add({ steps_text(block),
            fixed_or_dash(mean(block, [](const auto& one) { return one.position; }), 2),
            percent_or_dash(mean(block, [](const auto& one) { return one.final_share; })),
            fixed_or_dash(mean(block, [](const auto& one) { return one.strength; }), 3),
            fixed_or_dash(mean(block, [](const auto& one) { return one.entropy; }), 2),
            fixed_or_dash(mean(block, [](const auto& one) { return one.evenness; }), 2),
            fixed_or_dash(mean(block, [](const auto& one) { return one.lives.mean_age; }), 1),
            fixed_or_dash(settled, 1),
            fixed_or_dash(mean(block, [](const auto& one) { return one.lives.strengthened; }), 2),
            fixed_or_dash(mean(block, [](const auto& one) { return one.lives.weakened; }), 2),
            fixed(strengthened_by_chance(*settled, window), 2) });
    }
    return table.text();
}

std::string lives_table(const ComputationalGraph& graph, const RunDynamics& run)
{
    Table table({ { "edge" }, { "life", true }, { "stays", true }, { "longest", true },
        { "age", true }, { "from step", true }, { "to step", true }, { "up", true },
        { "down", true }, { "first score", true }, { "last score", true } });
    const auto step = [&run](int iteration) {
        return std::to_string(run.iterations[static_cast<std::size_t>(iteration)].step);
    };
    for (std::size_t i = 0; i < std::min(run.lives.size(), most_edges); ++i) {
        const EdgeLife& life = run.lives[i];
        table.add({ graph.edge_name(life.edge), std::to_string(life.life),
            std::to_string(life.stays), std::to_string(life.longest_stay), std::to_string(life.age),
            step(life.first), step(life.last), std::to_string(life.strengthened),
            std::to_string(life.weakened), fixed(life.first_score, 3), fixed(life.last_score, 3) });
    }
    return table.text();
}

std::string course_text(const EdgeCourse& course)
{
    if (course.strength != Course::none)
        return course.strength == Course::rises ? "strengthened" : "weakened";
    return course.score == Course::rises ? "rises" : course.score == Course::falls ? "falls" : "";
}

std::string courses_table(const ComputationalGraph& graph, const RunDynamics& run)
{
    std::vector<Table::Column> columns{ { "edge" } };
    for (const int start : run.part_starts)
        columns.push_back(
            { std::to_string(run.iterations[static_cast<std::size_t>(start)].step), true });
    columns.push_back({ "course" });
    Table table(std::move(columns));
    for (std::size_t i = 0; i < std::min(run.courses.size(), most_edges); ++i) {
        std::vector<std::string> row{ graph.edge_name(run.courses[i].edge) };
        for (const double mean : run.courses[i].means)
            row.push_back(fixed(mean, 3));
        row.push_back(course_text(run.courses[i]));
        table.add(std::move(row));
    }
    return table.text();
}

std::string courses_by_chance(const RunDynamics& run)
{
    const auto counted = [&](Course course) {
        return std::to_string(std::ranges::count(run.courses, course, &EdgeCourse::strength));
    };
    return "of all edges " + counted(Course::rises) + " strengthened (by chance "
        + fixed(run.by_chance.courses_strengthened, 1) + "), " + counted(Course::falls)
        + " weakened (" + fixed(run.by_chance.courses_weakened, 1) + ")\n";
}

std::string head(const RunDynamics& run, std::int64_t edges)
{
    const RunDescription& is = run.run.description;
    std::string text = "run " + std::to_string(run.run.id.value) + ", " + printable(is.name) + " ("
        + printable(is.method) + "): " + std::to_string(run.iterations.size()) + " iterations, steps "
        + steps_text(run.iterations) + "\n";
    const SetDiff<EdgeId>& diff = run.first_to_last.edges;
    const auto first = static_cast<std::int64_t>(diff.kept.size() + diff.left.size());
    const auto last = static_cast<std::int64_t>(diff.kept.size() + diff.entered.size());
    text += "first circuit to last: " + std::to_string(diff.kept.size()) + " edges kept ("
        + std::to_string(run.first_to_last.turned) + " with the other sign), "
        + std::to_string(diff.entered.size()) + " entered, " + std::to_string(diff.left.size())
        + " left\n  Jaccard " + fixed(diff.jaccard(), 2) + " (by chance "
        + fixed(jaccard_by_chance(first, last, edges), 2) + "), of nodes "
        + fixed(run.first_to_last.nodes.jaccard(), 2) + "\n  rank correlation of the kept edges' "
        + "scores " + fixed_or_dash(run.first_to_last.rank_correlation, 2) + ", of their sizes "
        + fixed_or_dash(run.first_to_last.strength_correlation, 2) + "\n";
    if (run.reference_to_first && run.reference_to_last)
        text += "the opposite task's circuit before training: Jaccard with the first circuit "
            + fixed(run.reference_to_first->edges.jaccard(), 2) + ", the last "
            + fixed(run.reference_to_last->edges.jaccard(), 2) + ";\n  rank correlation "
            + fixed_or_dash(run.reference_to_first->rank_correlation, 2) + ", "
            + fixed_or_dash(run.reference_to_last->rank_correlation, 2) + "\n";
    const EndDistances& ends = run.ends;
    text += "start to end, mean weighted distance: " + fixed_or_dash(ends.between, 2)
        + "; among the first circuits " + fixed_or_dash(ends.within_first, 2) + ", the last "
        + fixed_or_dash(ends.within_last, 2) + "\n";
    return text;
}

} // namespace

std::string dynamics_report(const RunDynamics& run, const std::optional<RunDrift>& drift)
{
    const ComputationalGraph graph(run.run.description.shape, run.run.description.graph);
    const std::vector<Block> blocks = blocks_of(run.iterations);
    const bool averaged = blocks.size() < run.iterations.size();
    const std::string window = std::to_string(run.window);
    std::string text = head(run, static_cast<std::int64_t>(graph.edges().size()));
    text += std::string("\nFrom each iteration to the next")
        + (averaged ? ", means over blocks of iterations" : "") + "\n" + changes_table(blocks);
    text += std::string("\nThe circuits") + (averaged ? ", means over blocks of iterations" : "")
        + "\nup, down: edges whose size rose, fell over " + window + " circuits in a row\n"
        + circuits_table(blocks, run.window);

    const auto always = std::ranges::count_if(run.lives,
        [&](const EdgeLife& life) { return life.life == static_cast<int>(run.iterations.size()); });
    const auto once = std::ranges::count(run.lives, 1, &EdgeLife::life);
    text += "\nThe longest-lived of " + std::to_string(run.lives.size())
        + " edges that were ever in (" + std::to_string(always) + " always, " + std::to_string(once)
        + " once); lives and ages in circuits\n" + lives_table(graph, run);
    text += "\nMean scores of the strongest edges in parts of the run, by their first step; an "
            "edge that\nis out counts 0; strengthened, weakened: its score grows, shrinks in size\n"
        + courses_table(graph, run) + courses_by_chance(run)
        + "\nScores that go with the steps (r beyond .5 either way), the steepest first; a "
          "negative\nscore rises where it shrinks in size\n"
        + trends_table(graph, run);

    if (run.first_flow.total() > 0 || run.last_flow.total() > 0)
        text += "\nWhere the strength runs, percent of the whole at the run's start and end\n"
            + flow_table(run.first_flow, run.last_flow);
    if (run.circuit || !run.capabilities.empty())
        text += "\nWhat moved when, in steps; lag behind the circuit\n" + movements_table(run);
    if (drift)
        text += "\nHow far parameters had moved by step " + std::to_string(drift->checkpoint.step)
            + ", Frobenius norms: all of them " + fixed_or_dash(drift->whole.relative(), 5) + "\n"
            + drift_table(*drift);
    return text;
}

} // namespace circuitloom
