#include "core/report/circuit_data.h"

#include "core/base/measure.h"
#include "core/base/number_text.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <unordered_map>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& json)
{
    return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string short_number(double number, int digits)
{
    return std::isfinite(number) ? significant(number, digits) : "0";
}

/// A place: a tenth of a unit is finer than anybody sees.
std::string place(double number)
{
    return short_number(std::round(number * 10) / 10, 6);
}

std::string list(const std::vector<std::string>& values)
{
    std::string text = "[";
    for (const std::string& value : values)
        text += (text.size() > 1 ? "," : "") + value;
    return text + "]";
}

char kind_of(NodeKind target)
{
    switch (target) {
    case NodeKind::query:
        return 'q';
    case NodeKind::key:
        return 'k';
    case NodeKind::value:
        return 'v';
    case NodeKind::logits:
        return 'l';
    default:
        return 'm';
    }
}

std::string nodes(const PlacedCircuit& placed)
{
    std::vector<std::string> all;
    for (const PlacedNode& node : placed.nodes)
        all.push_back(list({ written(node.name), written(node.label), place(node.x), place(node.y),
            place(node.width), place(node.height), node.shown ? "1" : "0" }));
    return list(all);
}

std::string bands(const PlacedCircuit& placed)
{
    std::vector<std::string> all;
    for (const PlacedBand& band : placed.bands)
        all.push_back(list({ std::to_string(band.layer), place(band.x), place(band.y),
            place(band.width), place(band.height) }));
    return list(all);
}

std::string edges(const ReportRun& run)
{
    std::vector<std::string> all;
    for (const PlacedEdge& edge : run.placed.edges) {
        const NodeKind target = run.graph->node(run.graph->edge(edge.edge).target).kind;
        std::vector<std::string> values{ std::to_string(edge.edge.value),
            written(run.graph->edge_name(edge.edge)), std::to_string(edge.source),
            std::to_string(edge.target), written(std::string(1, kind_of(target))) };
        for (const double number : edge.curve)
            values.push_back(place(number));
        all.push_back(list(values));
    }
    return list(all);
}

/// Empty where it is not known, as of an imported run.
std::string figure(const Measure& measure, double value)
{
    std::string text;
    if (std::isfinite(value))
        for (const char letter : value_text(measure, value)) // with a minus, not a hyphen
            text += letter == '-' ? std::string("\u2212") : std::string(1, letter);
    return written(text);
}

/// As in "second", "third", "21st".
std::string ordinal(int number)
{
    static constexpr const char* words[]{ "first", "second", "third", "fourth", "fifth", "sixth",
        "seventh", "eighth", "ninth", "tenth" };
    if (number >= 1 && number <= 10)
        return words[number - 1];
    const bool teens = number % 100 >= 11 && number % 100 <= 13;
    const int last = teens ? 0 : number % 10;
    return std::to_string(number) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::string iterations(const ReportRun& run)
{
    const Measure metric = metric_of(run.summary.description);
    const bool imported = is_imported(run.summary.description);
    std::vector<std::string> all;
    for (const ReportCircuit& circuit : run.circuits) {
        const auto& record = run.iterations[static_cast<std::size_t>(circuit.iteration)];
        all.push_back(list({ std::to_string(circuit.iteration), std::to_string(record.step),
            figure(measures::loss, record.loss), figure(metric, record.metric),
            imported ? written(std::string())
                     : figure(measures::tunable_ratio, record.tunable_ratio),
            written(std::to_string(record.edges)), written(std::to_string(record.entered)) }));
    }
    return list(all);
}

std::string circuits(const ReportRun& run)
{
    std::unordered_map<EdgeId, std::size_t> number;
    for (std::size_t i = 0; i < run.placed.edges.size(); ++i)
        number.emplace(run.placed.edges[i].edge, i);
    std::string text = "[";
    for (const ReportCircuit& circuit : run.circuits) {
        std::vector<std::string> which;
        std::vector<std::string> scores;
        for (const ScoredEdge& scored : circuit.edges) {
            which.push_back(std::to_string(number.at(scored.edge)));
            scores.push_back(short_number(static_cast<double>(scored.score), 4));
        }
        text += (text.size() > 1 ? "," : "") + list({ list(which), list(scores) });
    }
    return text + "]";
}

std::string run_data(const ReportRun& run)
{
    std::string text = "{\"run\":" + std::to_string(run.summary.id.value);
    const auto add = [&text](const char* name, const std::string& value) {
        text += std::string(",\"") + name + "\":" + value;
    };
    add("name", written(run.summary.description.name));
    add("metric", written(std::string(metric_of(run.summary.description).title)));
    add("light", written(run.light_color));
    add("dark", written(run.dark_color));
    add("size", list({ place(run.placed.width), place(run.placed.height) }));
    add("widest", place(run.placed.widest));
    add("kept", written(kept_circuits(run)));
    add("nodes", nodes(run.placed));
    add("bands", bands(run.placed));
    add("edges", edges(run));
    add("iterations", iterations(run));
    add("circuits", circuits(run));
    return text + "}";
}

} // namespace

std::string kept_circuits(const ReportRun& run)
{
    if (run.stride <= 1 || run.circuits.size() == run.iterations.size())
        return {};
    const std::string many = "This run's circuits have very many edges: ";
    return run.circuits.size() <= 2
        ? many + "only the first and the last iteration are here."
        : many + "every " + ordinal(run.stride) + " iteration is here, and the last.";
}

std::string circuit_data(const Report& report)
{
    std::vector<std::string> runs;
    for (const ReportRun& run : report.runs)
        runs.push_back(run_data(run));
    return "{\"runs\":" + list(runs) + "}";
}

} // namespace circuitloom
