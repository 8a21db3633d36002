#include "app/cli/commands/run_report.h"

#include "app/cli/commands/report_text.h"
#include "app/cli/commands/table.h"
#include "core/analysis/run_figures.h"
#include "core/base/date_text.h"
#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/run/observed_run.h"
#include "core/run/run_measures.h"

#include <nlohmann/json.hpp>

namespace circuitloom {

namespace {

using Json = nlohmann::ordered_json;

Json summary_json(const RunSummary& run)
{
    const RunDescription& is = run.description;
    return { { "run", run.id.value }, { "name", is.name }, { "method", is.method },
        { "state", run_state_name(run.state) }, { "message", run.message }, { "model", is.model },
        { "model_fingerprint", is.model_fingerprint }, { "seed", is.seed },
        { "planned_steps", is.steps }, { "steps", run.steps_done },
        { "iterations", run.iterations }, { "top_n", is.top_n }, { "parameters", is.parameters },
        { "graph",
            { { "kind", graph_kind_name(is.graph.kind) }, { "layers", is.shape.layers },
                { "heads", is.shape.heads }, { "kv_heads", is.shape.kv_heads },
                { "mlp_width", is.shape.mlp_width },
                { "mlp_group_size", is.graph.mlp_group_size } } },
        { "created", run.created }, { "last_loss", number(run.last_loss) },
        { "metric", metric_of(is).name },
        { "last_metric", number(run.last_metric) } };
}

// What the run wrote itself as JSON is passed on as such, unless it is damaged.
Json embedded(const std::string& text)
{
    try {
        return parse_json(text, "what the run wrote");
    } catch (const InputError&) {
        return text;
    }
}

std::string line(const std::string& title, const std::string& value)
{
    constexpr std::size_t title_width = 16;
    return title + std::string(title_width - std::min(title.size(), title_width), ' ')
        + printable(value) + "\n";
}

/// How far it came, as in `120/120`; nothing of an observed run, whose steps others took.
std::string steps_text(const RunSummary& run, const std::string& of)
{
    return is_observed(run.description)
        ? std::string()
        : std::to_string(run.steps_done) + of + std::to_string(run.description.steps);
}

} // namespace

std::string graph_text(const RunDescription& run)
{
    const GraphShape& shape = run.shape;
    std::string text
        = std::to_string(shape.layers) + " layers, " + std::to_string(shape.heads) + " heads, ";
    if (shape.kv_heads != shape.heads)
        text += std::to_string(shape.kv_heads) + " key/value heads, ";
    text += run.graph.mlp_group_size == 0
        ? "whole MLPs"
        : "MLP groups of " + std::to_string(run.graph.mlp_group_size);
    return text + ", " + std::string(graph_kind_name(run.graph.kind));
}

std::string metric_name(std::span<const RunSummary> runs)
{
    std::string common;
    for (const RunSummary& run : runs) {
        const std::string name(metric_of(run.description).name);
        if (!common.empty() && name != common)
            return "metric";
        common = name;
    }
    return common.empty() ? "metric" : common;
}

std::string last_metric(const RunSummary& run, const std::string& heading)
{
    if (!run.last_metric)
        return "-";
    const Measure metric = metric_of(run.description);
    const std::string value = value_text(metric, *run.last_metric);
    return metric.name == heading ? value : value + " (" + std::string(metric.name) + ")";
}

std::string run_report(const ExperimentReader& reader, RunId id)
{
    const RunSummary run = reader.run(id);
    const RunDescription& is = run.description;
    std::string text = line("run", std::to_string(id.value) + " of " + reader.file().string());
    text += line("name", is.name);
    text += line("method", is.method);
    text += line("model", is.model);
    text += line("graph", graph_text(is));
    text += line("state",
        std::string(run_state_name(run.state)) + (run.message.empty() ? "" : ": " + run.message));
    text += line("started", date_and_time(run.created) + " UTC");
    if (const std::string steps = steps_text(run, " of "); !steps.empty())
        text += line("steps", steps);
    text += line("iterations", std::to_string(run.iterations));
    const auto ratio = mean_tunable_ratio(reader.iterations(id));
    if (ratio && !is_observed(is)) // what others opened is not known
        text += line("mean tunable", percent(*ratio) + " of the parameters");
    if (run.last_loss)
        text += line("last loss", value_text(measures::loss, *run.last_loss) + " nats per token");
    if (run.last_metric) {
        const std::string name = metric_name({ &run, 1 });
        text += line("last " + name, last_metric(run, name));
    }
    for (const MarkRecord& mark : reader.marks(id))
        if (!is_observed_model(mark))
            text += line("mark", "step " + std::to_string(mark.step) + ": " + mark.label);
    for (const Bookmark& bookmark : reader.bookmarks(id))
        text += line("bookmark",
            "iteration " + std::to_string(bookmark.iteration.value) + ": " + bookmark.name);

    Table table({ { "suite", false }, { "measure", false }, { "before", true }, { "after", true },
        { "change", true }, { "items", true } });
    for (const BeforeAndAfter& pair : before_and_after(reader.evaluations(id))) {
        const Measure measure = measure_named(pair.before.measure);
        table.add({ pair.before.suite, table_name(pair.before.suite, pair.before.measure),
            value_text(measure, pair.before.value),
            value_text(measure, pair.after.value),
            change_text(measure, pair.after.value - pair.before.value),
            std::to_string(pair.after.items) });
    }
    return table.empty() ? text : text + "\n" + table.text();
}

std::string run_report_json(const ExperimentReader& reader, RunId id)
{
    const RunSummary run = reader.run(id);
    const auto iterations = reader.iterations(id);
    Json json = summary_json(run);
    json["file"] = reader.file().string();
    json["mean_tunable_ratio"] = number(mean_tunable_ratio(iterations));
    json["configuration"] = embedded(run.description.configuration);
    json["software"] = embedded(run.description.software);
    Json& rows = json["iteration_records"] = Json::array();
    for (const IterationRecord& one : iterations)
        rows.push_back(
            { { "iteration", one.index.value }, { "step", one.step }, { "loss", number(one.loss) },
                { "metric", number(one.metric) }, { "tunable_ratio", number(one.tunable_ratio) },
                { "tunable_count", one.tunable_count }, { "edges", one.edges },
                { "entered", one.entered }, { "seconds", number(one.seconds) },
                { "tokens", one.tokens ? Json(*one.tokens) : Json(nullptr) } });
    Json& evaluations = json["evaluations"] = Json::array();
    for (const EvaluationRecord& one : reader.evaluations(id))
        evaluations.push_back({ { "step", one.step }, { "suite", one.suite },
            { "measure", one.measure }, { "value", number(one.value) }, { "items", one.items } });
    Json& marks = json["marks"] = Json::array();
    for (const MarkRecord& one : reader.marks(id))
        marks.push_back({ { "step", one.step }, { "kind", one.kind }, { "label", one.label } });
    Json& bookmarks = json["bookmarks"] = Json::array();
    for (const Bookmark& one : reader.bookmarks(id))
        bookmarks.push_back({ { "iteration", one.iteration.value }, { "name", one.name },
            { "note", one.note }, { "created", one.created } });
    return written(json);
}

std::string run_list(const ExperimentReader& reader)
{
    const auto runs = reader.runs();
    const std::string metric = metric_name(runs);
    Table table({ { "run", true }, { "name", false }, { "method", false }, { "model", false },
        { "state", false }, { "steps", true }, { "iterations", true }, { "loss", true },
        { metric, true }, { "started (UTC)", false } });
    for (const RunSummary& run : runs)
        table.add({ std::to_string(run.id.value), run.description.name, run.description.method,
            run.description.model, std::string(run_state_name(run.state)),
            steps_text(run, "/"),
            std::to_string(run.iterations),
            run.last_loss ? value_text(measures::loss, *run.last_loss) : "",
            run.last_metric ? last_metric(run, metric) : "",
            date_and_time(run.created) });
    return table.empty() ? reader.file().string() + " holds no runs yet.\n" : table.text();
}

std::string run_list_json(const ExperimentReader& reader)
{
    Json list = Json::array();
    for (const RunSummary& run : reader.runs())
        list.push_back(summary_json(run));
    return written(list);
}

} // namespace circuitloom
