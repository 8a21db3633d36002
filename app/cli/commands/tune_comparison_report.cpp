#include "app/cli/commands/tune_comparison_figures.h"

#include "app/cli/commands/table.h"
#include "core/analysis/spread.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

std::string number(double value, const Format& format)
{
    return fixed(format.percent ? 100 * value : value, format.decimals);
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

// Of a method none of whose runs has a figure: why, where none of them reached its end.
std::string absence(const std::vector<ComparedRun>& runs, const std::string& method)
{
    std::string failure;
    for (const ComparedRun& run : runs) {
        if (run.method != method)
            continue;
        if (run.failure.empty())
            return "–";
        failure = failure.empty() || failure == run.failure ? run.failure : "failed";
    }
    return failure;
}

std::size_t runs_of(const std::vector<ComparedRun>& runs, const std::string& method)
{
    return static_cast<std::size_t>(std::ranges::count(runs, method, &ComparedRun::method));
}

} // namespace

std::string comparison_table(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    const auto methods = methods_in(runs);
    std::vector<Table::Column> columns{ { "", false }, { "before", true } };
    for (const std::string& method : methods)
        columns.push_back({ method, true });
    Table table(columns);
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        if (figure.detail)
            continue;
        std::vector<std::string> cells{ figure.name,
            figure.before ? number(*figure.before, figure.format) : "" };
        for (const std::string& method : methods) {
            const auto found = figure.values.find(method);
            if (found == figure.values.end()) {
                cells.push_back(absence(runs, method));
                continue;
            }
            std::string cell = number(spread_of(found->second).mean, figure.format);
            if (found->second.size() > 1)
                cell += " ± " + number(spread_of(found->second).deviation, figure.format);
            if (found->second.size() < runs_of(runs, method))
                cell += " (" + std::to_string(found->second.size()) + " of "
                    + std::to_string(runs_of(runs, method)) + ")";
            cells.push_back(std::move(cell));
        }
        table.add(std::move(cells));
    }
    std::string text = table.text();
    for (const GoalsReached& reached : goals_reached(figures, methods))
        text += "Pareto front of task learnt and capabilities kept, " + reached.moment + ": "
            + listed(reached.front) + "\n";
    return text;
}

Json comparison_json(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    Json json{ { "file", reader.file().string() } };
    Json& list = json["runs"] = Json::array();
    for (const ComparedRun& run : runs) {
        list.push_back({ { "run", run.run.value > 0 ? Json(run.run.value) : Json(nullptr) },
            { "method", run.method }, { "seed", run.seed } });
        if (!run.failure.empty())
            list.back()["failure"] = run.failure;
    }
    Json& all = json["figures"] = Json::array();
    const Figures figures = figures_of(reader, runs);
    for (const Figure& figure : figures.all()) {
        Json one{ { "name", figure.name },
            { "before", figure.before ? Json(*figure.before) : Json(nullptr) } };
        for (const auto& [method, values] : figure.values)
            one["methods"][method] = { { "mean", spread_of(values).mean },
                { "deviation", spread_of(values).deviation },
                { "values", values } };
        all.push_back(std::move(one));
    }
    json["pareto"] = Json::object();
    for (const GoalsReached& reached : goals_reached(figures, methods_in(runs)))
        json["pareto"][reached.moment] = reached.front;
    return json;
}

std::string comparison_picture(const ExperimentReader& reader, const std::vector<ComparedRun>& runs)
{
    std::vector<GoalsPanel> panels;
    for (GoalsReached& reached : goals_reached(figures_of(reader, runs), methods_in(runs)))
        panels.push_back(std::move(reached.panel));
    if (panels.empty())
        throw InputError(reader.file().string()
            + " has no run with both a task's figure and accuracies of capabilities, so there is "
              "nothing to draw.");
    return goals_picture(panels);
}

} // namespace circuitloom
