// A study for programs: JSON and CSV.
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/study_report.h"

#include "core/base/number_text.h"
#include "core/formats/table_text.h"
#include "core/report/study_figures.h"
#include "core/store/records.h"

#include <cmath>
#include <functional>
#include <string_view>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

Json named_study(const Study& study)
{
    return Json::parse(study_json(study, std::nullopt));
}

/// Rows of numbers.
Json matrix(std::size_t rows, std::size_t columns,
    const std::function<Json(std::size_t row, std::size_t column)>& cell)
{
    Json all = Json::array();
    for (std::size_t row = 0; row < rows; ++row) {
        Json line = Json::array();
        for (std::size_t column = 0; column < columns; ++column)
            line.push_back(cell(row, column));
        all.push_back(std::move(line));
    }
    return all;
}

/// What each kind has beside its figures: what is computed from them.
void add_derived(Json& json, const TransferStudy& study, const StudyTable& figures,
    const StudyQuestion& question)
{
    const CircuitLikeness alike = likeness(study, question);
    const std::size_t rows = study.circuits.size();
    const std::size_t columns = study.models.size();
    const auto place = [&](std::size_t row, std::size_t column, std::string_view series) {
        return StudyTable::Place{ study.circuits[row], study.models[column], series, task_suite,
            faithfulness_figure };
    };
    json["faithfulness"] = matrix(rows, columns, [&](std::size_t row, std::size_t column) {
        return number(figures.value(place(row, column, study_series::found)));
    });
    json["faithfulness_of_random"]
        = matrix(rows, columns, [&](std::size_t row, std::size_t column) {
              return Json(figures.draws(place(row, column, study_series::random)));
          });
    const auto of_circuits = [&](const std::vector<double>& values) {
        return matrix(rows, columns, [&](std::size_t row, std::size_t column) {
            return number(values[row * alike.columns + column]);
        });
    };
    json["jaccard"] = of_circuits(alike.jaccard);
    json["jaccard_by_chance"] = of_circuits(alike.chance);
}

void add_derived(
    Json& json, const CrossAblationStudy& study, const StudyTable& figures, const StudyQuestion&)
{
    const std::string metric = metric_in(figures);
    json["change_beside_random"]
        = matrix(study.tasks.size(), study.tasks.size(), [&](std::size_t row, std::size_t column) {
              return number(
                  CrossAblated(figures, metric, static_cast<int>(row), static_cast<int>(column))
                      .beside_random());
          });
}

void add_derived(Json&, const GraftStudy&, const StudyTable&, const StudyQuestion&) { }
void add_derived(Json&, const SwapStudy&, const StudyTable&, const StudyQuestion&) { }

} // namespace

std::string study_report_json(const StudyAnswer& answer, const StudyQuestion& question)
{
    const StudyTable figures(answer.figures);
    Json json{ { "kind", study_name(answer.study) }, { "study", answer.stored },
        { "done", answer.done }, { "total", answer.total },
        { "question", named_study(answer.study) } };
    std::visit(
        [&](const auto& study) { add_derived(json, study, figures, question); }, answer.study);
    json["figures"] = Json::array();
    for (const StudyFigure& one : answer.figures)
        json["figures"].push_back({ { "source", one.source }, { "target", one.target },
            { "series", one.series }, { "draw", one.draw }, { "suite", one.suite },
            { "measure", one.measure }, { "value", number(one.value) }, { "items", one.items } });
    return written(json);
}

std::string study_report_csv(const StudyAnswer& answer)
{
    const auto* graft = std::get_if<GraftStudy>(&answer.study);
    const auto source_text = [graft](int source) {
        const auto place = static_cast<std::size_t>(source);
        return graft && place < graft->shares.size() ? shortest(graft->shares[place])
                                                     : std::to_string(source);
    };
    std::vector<std::vector<std::string>> rows;
    for (const StudyFigure& one : answer.figures)
        rows.push_back({ source_text(one.source), std::to_string(one.target), one.series,
            std::to_string(one.draw), one.suite, one.measure,
            std::isfinite(one.value) ? shortest(one.value) : std::string(),
            std::to_string(one.items) });
    const std::vector<TextColumn> columns{ { graft ? "share" : "source", true }, { "target", true },
        { "series" }, { "draw", true }, { "suite" }, { "measure" }, { "value", true },
        { "items", true } };
    return table_text(columns, rows, TableLayout::csv);
}

} // namespace circuitloom
