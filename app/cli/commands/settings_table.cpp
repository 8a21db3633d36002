#include "app/cli/commands/settings_table.h"

#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"
#include "core/analysis/run_figures.h"
#include "core/analysis/spread.h"
#include "core/formats/table_text.h"
#include "core/run/differing_settings.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/run/run_measures.h"
#include "core/run/seed_groups.h"

#include <algorithm>
#include <vector>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

/// What runs came to, a column of the table.
struct Figure
{
    std::string name;
    Measure measure;
    std::vector<double> values; ///< of the runs of one group that have it
};

/// Runs that differ in their seeds alone.
struct Group
{
    std::vector<std::string> settings;
    std::vector<RunId> runs;
    std::vector<Figure> figures;
};

constexpr std::string_view tunable = "parameters that may change";
constexpr std::string_view capabilities = "capabilities, mean accuracy";

void add(Group& group, std::string name, const Measure& measure, double value)
{
    const auto found = std::ranges::find(group.figures, name, &Figure::name);
    if (found != group.figures.end())
        found->values.push_back(value);
    else
        group.figures.push_back({ std::move(name), measure, { value } });
}

void add_run(Group& group, const ExperimentReader& reader, RunId run)
{
    group.runs.push_back(run);
    if (const auto ratio = mean_tunable_ratio(reader.iterations(run)))
        add(group, std::string(tunable), measures::tunable_ratio, *ratio);
    std::vector<double> accuracies;
    for (const BeforeAndAfter& pair : before_and_after(reader.evaluations(run))) {
        const Measure measure = measure_named(pair.after.measure);
        if (pair.after.suite == task_suite && !measure.detail)
            add(group, "task: " + table_name(task_suite, pair.after.measure), measure, pair.after.value);
        else if (pair.after.suite != task_suite && measure.name == measures::accuracy.name)
            accuracies.push_back(pair.after.value);
        else if (pair.after.suite != task_suite && !measure.detail)
            add(group,
                pair.after.suite + ", " + table_name(pair.after.suite, pair.after.measure), measure,
                pair.after.value);
    }
    if (!accuracies.empty())
        add(group, std::string(capabilities), measures::accuracy, spread_of(accuracies).mean);
}

std::vector<Group> groups_of(const ExperimentReader& reader, std::span<const RunId> runs,
    std::span<const RunConfig> configs, const DifferingSettings& settings)
{
    std::vector<RepeatedRun> repeated;
    for (const RunConfig& config : configs)
        repeated.push_back({ &config });
    std::vector<Group> groups;
    for (const std::vector<std::size_t>& members : same_but_for_seed(repeated)) {
        Group& group = groups.emplace_back(Group{ settings.values[members.front()], {}, {} });
        for (const std::size_t i : members)
            add_run(group, reader, runs[i]);
    }
    return groups;
}

// Those that any group has, in the order in which they first come up.
std::vector<std::string> figure_names(const std::vector<Group>& groups)
{
    std::vector<std::string> names;
    for (const Group& group : groups)
        for (const Figure& figure : group.figures)
            if (std::ranges::find(names, figure.name) == names.end())
                names.push_back(figure.name);
    return names;
}

const Figure* figure_of(const Group& group, const std::string& name)
{
    const auto found = std::ranges::find(group.figures, name, &Figure::name);
    return found == group.figures.end() ? nullptr : &*found;
}

std::string cell(const Figure* figure)
{
    if (!figure)
        return "–";
    return spread_text(figure->measure, spread_of(figure->values));
}

/// A table before it is laid out.
struct Cells
{
    std::vector<TextColumn> columns;
    std::vector<std::vector<std::string>> rows;
};

/// For people: mean ± deviation in a cell.
Cells for_people(const std::vector<Group>& groups, const DifferingSettings& settings)
{
    const auto names = figure_names(groups);
    Cells cells;
    for (const std::string& name : settings.names)
        cells.columns.push_back({ name, false });
    cells.columns.push_back({ "runs", true });
    for (const std::string& name : names)
        cells.columns.push_back({ name, true });
    for (const Group& group : groups) {
        std::vector<std::string>& row = cells.rows.emplace_back(group.settings);
        row.push_back(std::to_string(group.runs.size()));
        for (const std::string& name : names)
            row.push_back(cell(figure_of(group, name)));
    }
    return cells;
}

/// For programs: numbers with all their digits, the deviation in a column of its own.
Cells for_programs(const std::vector<Group>& groups, const DifferingSettings& settings)
{
    const auto names = figure_names(groups);
    Cells cells;
    for (const std::string& name : settings.names)
        cells.columns.push_back({ name, false });
    cells.columns.push_back({ "runs", true });
    for (const std::string& name : names) {
        cells.columns.push_back({ name, true });
        cells.columns.push_back({ name + " sd", true });
    }
    for (const Group& group : groups) {
        std::vector<std::string>& row = cells.rows.emplace_back(group.settings);
        row.push_back(std::to_string(group.runs.size()));
        for (const std::string& name : names) {
            const Figure* figure = figure_of(group, name);
            const Spread spread = figure ? spread_of(figure->values) : Spread();
            row.push_back(figure ? number(spread.mean).dump() : "");
            row.push_back(figure ? number(spread.deviation).dump() : "");
        }
    }
    return cells;
}

std::string as_text(const Cells& cells)
{
    std::vector<Table::Column> columns;
    for (const TextColumn& column : cells.columns)
        columns.push_back({ column.title, true });
    Table table(columns);
    for (const std::vector<std::string>& row : cells.rows)
        table.add(row);
    return table.text();
}

std::string laid_out(const Cells& cells, TableLayout layout)
{
    return table_text(cells.columns, cells.rows, layout);
}

std::string as_json(const std::vector<Group>& groups, const DifferingSettings& settings)
{
    Json list = Json::array();
    for (const Group& group : groups) {
        Json one{ { "settings", Json::object() }, { "runs", Json::array() },
            { "figures", Json::object() } };
        for (std::size_t i = 0; i < settings.names.size(); ++i)
            one["settings"][settings.names[i]] = group.settings[i];
        for (const RunId run : group.runs)
            one["runs"].push_back(run.value);
        for (const Figure& figure : group.figures) {
            const Spread spread = spread_of(figure.values);
            Json values = Json::array();
            for (const double value : figure.values)
                values.push_back(number(value));
            one["figures"][figure.name] = { { "mean", number(spread.mean) },
                { "deviation", number(spread.deviation) }, { "values", std::move(values) } };
        }
        list.push_back(std::move(one));
    }
    return written(list);
}

} // namespace

std::string unfinished_runs_text(const ExperimentReader& reader, std::span<const RunId> runs)
{
    std::string names;
    int count = 0;
    for (const RunId id : runs) {
        const RunSummary run = reader.run(id);
        if (is_imported(run.description) || is_observed(run.description)
            || run.state == RunState::finished)
            continue;
        ++count;
        names += (names.empty() ? "" : ", ") + std::to_string(id.value) + " ("
            + std::string(run_state_name(run.state)) + ")";
    }
    if (count == 0)
        return {};
    return (count == 1 ? "left out is run " : "left out are the runs ") + names
        + (count == 1 ? ", which has not finished\n" : ", which have not finished\n");
}

std::string settings_table(
    const ExperimentReader& reader, std::span<const RunId> runs, TableFormat format)
{
    std::vector<RunConfig> configs;
    std::vector<RunId> tuned;
    for (const RunId id : runs) {
        const RunSummary run = reader.run(id);
        if (is_imported(run.description) || is_observed(run.description)
            || run.state != RunState::finished)
            continue;
        configs.push_back(config_of(run.description));
        tuned.push_back(id);
    }
    const DifferingSettings settings = differing_settings(configs);
    const std::vector<Group> groups = groups_of(reader, tuned, configs, settings);
    switch (format) {
    case TableFormat::csv:
        return laid_out(for_programs(groups, settings), TableLayout::csv);
    case TableFormat::tsv:
        return laid_out(for_programs(groups, settings), TableLayout::tsv);
    case TableFormat::markdown:
        return laid_out(for_people(groups, settings), TableLayout::markdown);
    case TableFormat::latex:
        return laid_out(for_people(groups, settings), TableLayout::latex);
    case TableFormat::json:
        return as_json(groups, settings);
    case TableFormat::text:
        break;
    }
    return as_text(for_people(groups, settings));
}

} // namespace circuitloom
