#include "core/base/date_text.h"
#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/report/html.h"
#include "core/report/report_tables.h"
#include "core/run/imported_run.h"
#include "core/run/tune_command.h"

namespace circuitloom {

namespace {

std::string fact(const std::string& name, const std::string& value)
{
    if (value.empty())
        return {};
    return "<tr><th scope=\"row\">" + html(name) + "</th><td>" + html(value) + "</td></tr>\n";
}

std::string graph_text(const RunDescription& run)
{
    const GraphShape& shape = run.shape;
    std::string text
        = std::to_string(shape.layers) + " layers, " + std::to_string(shape.heads) + " heads";
    if (shape.kv_heads != shape.heads)
        text += ", " + std::to_string(shape.kv_heads) + " key/value heads";
    text += run.graph.mlp_group_size == 0
        ? ", whole MLPs"
        : ", MLP groups of " + std::to_string(run.graph.mlp_group_size) + " neurons";
    return text + ", " + std::string(graph_kind_name(run.graph.kind)) + ", "
        + std::to_string(ComputationalGraph::count_edges(shape, run.graph)) + " edges";
}

/// Versions and the device, as the run wrote them.
std::string software(const std::string& json)
{
    try {
        const nlohmann::json known = parse_json(json, "the run's software");
        std::string text;
        for (const auto& [name, value] : known.items())
            text += (text.empty() ? "" : ", ") + name + " "
                + (value.is_string() ? value.get<std::string>() : value.dump());
        return text;
    } catch (const Error&) {
        return json;
    }
}

} // namespace

std::string reproduction(const ReportRun& run)
{
    const RunDescription& is = run.summary.description;
    std::string text = "<table class=\"facts\"><tbody>\n";
    text += fact("Run", std::to_string(run.summary.id.value) + " of the file");
    text += fact(is_imported(is) ? "Imported" : "Begun", date_and_time(run.summary.created) + " UTC");
    text += fact("Model", is.parameters > 0
            ? is.model + ", " + std::to_string(is.parameters) + " parameters"
            : is.model);
    text += fact("Model's fingerprint", is.model_fingerprint);
    text += fact("Graph", graph_text(is));
    text += fact("Software", software(is.software));
    if (!run.summary.notes.empty())
        text += fact("Notes", run.summary.notes);
    text += "</tbody></table>\n";
    if (is_imported(is))
        return text
            + "<p>This run was imported: its circuits come from files of another program, which do "
              "not say how they were made. With these files it is made again by</p><pre "
              "class=\"command\">circuitloom-cli import PATH… -o run.loom</pre>\n";
    if (!run.config)
        return text
            + "<p>Its settings are those of another version of the program, as the file has "
              "them:</p><pre>"
            + html(is.configuration) + "</pre>\n";
    const std::string command = tune_command(*run.config);
    text += "<p>The same run again";
    if (command.find(" run.toml ") != std::string::npos)
        text += ", with the settings below saved as <code>run.toml</code>";
    return text + ":</p><pre class=\"command\">" + html(command)
        + "</pre>\n<details><summary>Its settings in full, as TOML</summary><pre>"
        + html(to_toml(*run.config)) + "</pre></details>\n";
}

} // namespace circuitloom
