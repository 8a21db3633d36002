#include "app/cli/commands/study_report.h"

#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"

#include "core/base/number_text.h"
#include "core/report/study_figures.h"
#include "core/run/run_measures.h"

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

using Series = std::string_view;
using Cell = std::function<std::string(std::size_t row, std::size_t column)>;

std::string spread_or_dash(const std::optional<Spread>& spread)
{
    if (!spread)
        return "-";
    const std::string mean = fixed(spread->mean, 3);
    return spread->count < 2 ? mean : mean + " ± " + fixed(spread->deviation, 3);
}

std::vector<std::string> texts(const std::vector<int>& numbers)
{
    std::vector<std::string> names;
    for (const int number : numbers)
        names.push_back(std::to_string(number));
    return names;
}

/// A titled table whose rows and columns have names.
std::string grid(const std::string& title, const std::string& corner,
    const std::vector<std::string>& rows, const std::vector<std::string>& columns, const Cell& cell)
{
    std::vector<Table::Column> heads{ { corner, true } };
    for (const std::string& column : columns)
        heads.push_back({ column, true });
    Table table(std::move(heads));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::vector<std::string> cells{ rows[row] };
        for (std::size_t column = 0; column < columns.size(); ++column)
            cells.push_back(cell(row, column));
        table.add(std::move(cells));
    }
    return title + "\n\n" + table.text() + "\n";
}

std::string report(
    const TransferStudy& study, const StudyTable& figures, const StudyQuestion& question)
{
    const std::string metric = metric_in(figures);
    const auto place = [&](std::size_t row, std::size_t column, Series series) {
        return StudyTable::Place{ study.circuits[row], study.models[column], series, task_suite,
            faithfulness_figure };
    };
    const auto rows = texts(study.circuits);
    const auto columns = texts(study.models);
    const std::string corner = "circuit of \\ model of";
    const CircuitLikeness alike = likeness(study, question);
    return grid("f: how faithful the circuit of an iteration is in the model of another", corner,
               rows, columns,
               [&](std::size_t row, std::size_t column) {
                   return fixed_or_dash(figures.value(place(row, column, study_series::found)), 3);
               })
        + grid("The same of random circuits of as many edges, mean ± standard deviation", corner,
            rows, columns,
            [&](std::size_t row, std::size_t column) {
                return spread_or_dash(figures.spread(place(row, column, study_series::random)));
            })
        + grid("Jaccard similarity of the circuits", "circuit of", rows, columns,
            [&](std::size_t row, std::size_t column) {
                return fixed(alike.jaccard[row * alike.columns + column], 3);
            })
        + grid(metric
                + " of each model as it is, and with every edge ablated, between which f is 1 and "
                  "0",
            "", { "whole", "empty" }, columns, [&](std::size_t row, std::size_t column) {
                return fixed_or_dash(
                    figures.value({ -1, study.models[column],
                        row == 0 ? study_series::model : study_series::empty, task_suite, metric }),
                    4);
            });
}

/// A table of every suite's figure, a column each: of one series, over the rows' places.
std::string suites_grid(const std::string& title, const std::string& corner,
    const StudyTable& figures, Series series, const std::vector<std::string>& rows,
    const std::function<std::pair<int, int>(std::size_t row)>& place_of)
{
    std::vector<std::pair<std::string, std::string>> shown;
    std::vector<std::string> columns;
    for (const auto& [suite, measure] : figures.measures())
        if (!measure_of(suite, measure).detail) {
            shown.emplace_back(suite, measure);
            columns.push_back(
                suite == change_suite ? "change kept" : suite + ", " + table_name(suite, measure));
        }
    return grid(title, corner, rows, columns, [&](std::size_t row, std::size_t column) {
        const auto [source, target] = place_of(row);
        const auto& [suite, measure] = shown[column];
        const auto found = figures.spread({ source, target, series, suite, measure });
        if (!found)
            return std::string("-");
        if (suite == change_suite)
            return percent(found->mean);
        return series == study_series::random ? spread_text(measure_of(suite, measure), *found)
                                              : value_text(measure_of(suite, measure), found->mean);
    });
}

std::string report(const GraftStudy& study, const StudyTable& figures, const StudyQuestion&)
{
    std::vector<std::string> rows;
    for (const double share : study.shares)
        rows.push_back(percent(share));
    const auto place = [](std::size_t row) { return std::pair(static_cast<int>(row), 0); };
    const std::string what = study.entries ? "entries" : "parts";
    std::string text = "The change up to step " + std::to_string(study.step)
        + ", of which a share of the " + what + " that moved is kept\n\n";
    for (const auto& [series, title] :
        { std::pair(study_series::by_circuit,
              "Ranked by the circuit of iteration " + std::to_string(study.iteration)),
            std::pair(study_series::by_drift, std::string("Ranked by how far they moved")),
            std::pair(study_series::random, std::string("At random, mean ± standard deviation")) })
        text += suites_grid(title, what + " kept", figures, series, rows, place);
    return text;
}

std::string report(const SwapStudy& study, const StudyTable& figures, const StudyQuestion&)
{
    std::string names;
    for (const std::string& part : study.parts)
        names += (names.empty() ? "" : "; ") + part;
    const auto place = [&](std::size_t row) { return std::pair(0, study.models[row]); };
    std::string text;
    for (const auto& [series, title] :
        { std::pair(study_series::model, std::string("Each model as it is")),
            std::pair(study_series::found,
                "With these parts of iteration " + std::to_string(study.source) + ": " + names),
            std::pair(study_series::random,
                std::string("With as many other parts of it of the same kinds, mean ± standard "
                            "deviation")) })
        text += suites_grid(title, "model of", figures, series, texts(study.models), place);
    return text;
}

std::string report(const CrossAblationStudy& study, const StudyTable& figures, const StudyQuestion&)
{
    const std::string metric = metric_in(figures);
    const auto at = [&](std::size_t row, std::size_t column) {
        return CrossAblated(figures, metric, static_cast<int>(row), static_cast<int>(column));
    };
    const std::string corner = "circuit ablated \\ measured";
    return grid("How far ablating the circuit of one task (" + std::to_string(study.top_n)
                   + " edges) changes the " + metric
                   + " of another, divided by how far random edges, as many, change it",
               corner, study.tasks, study.tasks,
               [&](std::size_t row, std::size_t column) {
                   return fixed_or_dash(at(row, column).beside_random(), 2);
               })
        + grid(metric + " without that circuit", corner, study.tasks, study.tasks,
            [&](std::size_t row, std::size_t column) {
                return fixed_or_dash(at(row, column).ablated, 3);
            })
        + grid(metric + " as it is, and without random edges, mean ± standard deviation", "",
            { "whole model", "without random edges" }, study.tasks,
            [&](std::size_t row, std::size_t column) {
                const CrossAblated one = at(0, column);
                if (row == 0)
                    return fixed_or_dash(one.whole, 3);
                return one.random.empty() ? std::string("-")
                                          : spread_or_dash(spread_of(one.random));
            });
}

} // namespace

std::string study_report(const StudyAnswer& answer, const StudyQuestion& question)
{
    const StudyTable figures(answer.figures);
    std::string text = std::visit(
        [&](const auto& study) { return report(study, figures, question); }, answer.study);
    if (answer.done < answer.total)
        text += std::to_string(answer.done) + " of " + std::to_string(answer.total)
            + " are there; the same command goes on with the others.\n";
    return text;
}

} // namespace circuitloom
