#include "core/report/report_tables.h"

#include "core/analysis/circuit_diff.h"
#include "core/base/number_text.h"
#include "core/report/final_figures.h"
#include "core/report/html.h"
#include "core/run/differing_settings.h"
#include "core/run/imported_run.h"
#include "core/run/run_measures.h"
#include "core/run/run_options.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::size_t most_edges = 20; ///< of the last circuit, in its table
constexpr std::size_t most_names = 60; ///< of those that entered or left

std::string cell(const std::string& content, const char* kind = "")
{
    return "<td" + std::string(kind) + ">" + content + "</td>";
}

/// A number's text with minus signs, which hyphens are too short for.
std::string with_minus(const std::string& number)
{
    std::string text;
    for (const char letter : number)
        text += letter == '-' ? std::string("\u2212") : std::string(1, letter);
    return text;
}

std::string score_text(double score)
{
    return with_minus(signed_significant(score, 4));
}

/// Of imported runs most figures are not known.
std::string known(const ReportRun& run, std::string text)
{
    return is_imported(run.summary.description) ? std::string() : std::move(text);
}

std::string run_heads(const Report& report)
{
    std::string heads;
    for (const ReportRun& run : report.runs)
        heads += "<th scope=\"col\">" + run_title(report, run) + "</th>";
    return heads;
}

/// One row: a cell for each run, or a single one where all say the same.
std::string row(const std::string& head, const std::vector<std::string>& values,
    const std::vector<bool>& marked = {})
{
    std::string text = "<tr><th scope=\"row\">" + head + "</th>";
    const bool same = std::ranges::all_of(
        values, [&](const std::string& value) { return value == values.front(); });
    for (std::size_t i = 0; i < (same ? 1 : values.size()); ++i) {
        std::string kind = same && values.size() > 1
            ? " colspan=\"" + std::to_string(values.size()) + "\""
            : std::string();
        if (i < marked.size() && marked[i])
            kind += " class=\"differs\"";
        text += cell(values[i].empty() ? "–" : html(values[i]), kind.c_str());
    }
    return text + "</tr>\n";
}

std::vector<std::string> of_each(
    const Report& report, const std::function<std::string(const ReportRun&)>& value)
{
    std::vector<std::string> values;
    for (const ReportRun& run : report.runs)
        values.push_back(value(run));
    return values;
}

std::string method_of(const ReportRun& run)
{
    const auto found
        = std::ranges::find(tuning_methods, run.summary.description.method, &TuningMethodInfo::name);
    return found == tuning_methods.end() ? run.summary.description.method
                                         : std::string(found->title);
}

/// What the first rows of the table say already.
bool is_said_before(const std::string& name)
{
    static constexpr std::string_view said[]{ "name", "description", "model", "task.train",
        "circuit.method", "seed", "task.held_out", "run.steps" };
    return std::ranges::find(said, name) != std::end(said);
}

std::string settings_rows(const Report& report)
{
    RunConfig defaults;
    std::vector<RunConfig> configs;
    for (const ReportRun& run : report.runs)
        configs.push_back(run.config.value_or(RunConfig()));
    std::vector<std::vector<RunOption>> options;
    for (RunConfig& config : configs)
        options.push_back(options_of(config));
    std::string rows;
    for (std::size_t i = 0; const RunOption& usual : options_of(defaults)) {
        const std::string otherwise = usual.text();
        std::vector<std::string> values;
        std::vector<bool> marked;
        for (std::size_t run = 0; run < configs.size(); ++run) {
            values.push_back(report.runs[run].config ? options[run][i].text() : std::string());
            marked.push_back(report.runs[run].config && values.back() != otherwise);
        }
        ++i;
        if (is_said_before(usual.name()) || std::ranges::find(marked, true) == marked.end())
            continue;
        const std::string head = "<code title=\"" + html(usual.help) + "\">" + html(usual.name())
            + "</code><span class=\"usual\">default " + html(otherwise.empty() ? "none" : otherwise)
            + "</span>";
        rows += row(head, values, marked);
    }
    return rows;
}

std::string capabilities_of(const ReportRun& run)
{
    std::string names;
    if (run.config)
        for (const SuiteReference& suite : run.config->capabilities)
            names += (names.empty() ? "" : ", ") + suite.name;
    return names;
}

/// In what the groups of several seeds differ from one another, in the order of `groups`; their
/// methods, which their titles say, are left out.
std::vector<std::string> differences(
    const Report& report, const std::vector<std::vector<std::size_t>>& groups)
{
    std::vector<RunConfig> configs;
    std::vector<std::size_t> of;
    std::vector<std::string> texts(groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (groups[i].size() > 1) {
            configs.push_back(*report.runs[groups[i].front()].config);
            of.push_back(i);
        }
    const DifferingSettings settings = differing_settings(configs);
    for (std::size_t i = 0; i < settings.names.size(); ++i)
        if (settings.names[i] != "circuit.method")
            for (std::size_t group = 0; group < of.size(); ++group)
                texts[of[group]] += (texts[of[group]].empty() ? "" : ", ") + settings.names[i] + " "
                    + settings.values[group][i];
    return texts;
}

std::string group_title(
    const Report& report, const std::vector<std::size_t>& group, const std::string& difference)
{
    const ReportRun& first = report.runs[group.front()];
    if (group.size() == 1)
        return run_title(report, first);
    std::string text = html(method_of(first)) + "<span class=\"usual\">"
        + std::to_string(group.size()) + " seeds: mean ± sd</span>";
    if (!difference.empty())
        text += "<span class=\"usual\">" + html(difference) + "</span>";
    return text;
}

std::string names_of_edges(const ReportRun& run, const std::vector<EdgeId>& edges)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(edges.size(), most_names); ++i)
        text += "<code>" + html(run.graph->edge_name(edges[i])) + "</code> ";
    if (edges.size() > most_names)
        text += "and " + std::to_string(edges.size() - most_names) + " more";
    return edges.empty() ? "<span class=\"dim\">none</span>" : text;
}

std::string strongest_edges(const ReportRun& run)
{
    const ReportCircuit& first = run.circuits.front();
    const ReportCircuit& last = run.circuits.back();
    const double widest = last.edges.empty()
        ? 1
        : std::abs(static_cast<double>(last.edges.front().score));
    std::string rows;
    for (std::size_t i = 0; i < std::min(last.edges.size(), most_edges); ++i) {
        const ScoredEdge& scored = last.edges[i];
        const auto score = static_cast<double>(scored.score);
        const auto before = std::ranges::find(first.edges, scored.edge, &ScoredEdge::edge);
        const std::string share = fixed(widest > 0 ? 100 * std::abs(score) / widest : 0, 1);
        rows += "<tr>" + cell(std::to_string(i + 1), " class=\"number\"")
            + cell("<code>" + html(run.graph->edge_name(scored.edge)) + "</code>")
            + cell("<span class=\"bar\"><span class=\""
                  + std::string(score < 0 ? "negative" : "positive") + "\" style=\"width:" + share
                  + "%\"></span></span>")
            + cell(score_text(score), " class=\"number\"")
            + cell(before == first.edges.end() ? "entered"
                                               : score_text(static_cast<double>(before->score)),
                " class=\"number\"")
            + "</tr>\n";
    }
    return rows;
}

} // namespace

std::string run_title(const Report& report, const ReportRun& run)
{
    const auto number = std::to_string(run.summary.id.value);
    const auto called_so = std::ranges::count_if(report.runs, [&](const ReportRun& other) {
        return other.summary.description.name == run.summary.description.name;
    });
    return "<span class=\"swatch run-" + number + "\"></span>" + html(run.summary.description.name)
        + (called_so > 1 ? " <span class=\"dim\">(run " + number + ")</span>" : std::string());
}

std::string asked_table(const Report& report)
{
    std::string text = "<div class=\"wide\"><table class=\"asked\"><thead><tr><th scope=\"col\">"
                       "</th>"
        + run_heads(report) + "</tr></thead><tbody>\n";
    text += row("Task", of_each(report, [](const ReportRun& run) {
        return run.config ? run.config->task : std::string();
    }));
    text += row("Held-out task", of_each(report, [](const ReportRun& run) {
        return run.config ? run.config->held_out_task : std::string();
    }));
    text += row("Capabilities", of_each(report, capabilities_of));
    text += row("Model",
        of_each(report, [](const ReportRun& run) { return run.summary.description.model; }));
    text += row("Method", of_each(report, method_of));
    text += row("Metric", of_each(report, [](const ReportRun& run) {
        return known(run, std::string(metric_of(run.summary.description).title));
    }));
    text += row("Steps", of_each(report, [](const ReportRun& run) {
        return known(run, std::to_string(run.summary.description.steps));
    }));
    text += row("Seed", of_each(report, [](const ReportRun& run) {
        return known(run, std::to_string(run.summary.description.seed));
    }));
    text += row("State", of_each(report, [](const ReportRun& run) {
        return std::string(run_state_name(run.summary.state))
            + (run.summary.message.empty() ? "" : ": " + run.summary.message);
    }));
    return text + settings_rows(report) + "</tbody></table></div>\n";
}

std::string figures_table(const Report& report)
{
    const FinalFigures found = final_figures(report.runs);
    const std::vector<std::string> differing = differences(report, found.groups);
    std::string text = "<div class=\"wide\"><table class=\"figures\"><thead><tr><th scope=\"col\">"
                       "</th><th scope=\"col\">before</th>";
    for (std::size_t i = 0; i < found.groups.size(); ++i)
        text += "<th scope=\"col\">" + group_title(report, found.groups[i], differing[i]) + "</th>";
    text += "</tr></thead><tbody>\n";
    for (const FinalFigure& figure : found.figures) {
        text += "<tr><th scope=\"row\">";
        if (figure.suite == task_suite)
            text += "Held-out task: ";
        else if (!figure.suite.empty())
            text += html(figure.suite) + ": ";
        text += html(figure.title) + "</th>"
            + cell(figure.before ? with_minus(value_text(figure.measure, figure.before->mean)) : "",
                " class=\"number dim\"");
        for (std::size_t i = 0; i < figure.after.size(); ++i) {
            std::string content = "<span class=\"dim\">–</span>";
            if (figure.after[i])
                content = html(with_minus(spread_text(figure.measure, *figure.after[i])));
            if (figure.change[i])
                content += "<span class=\"change\">"
                    + html(with_minus(change_text(figure.measure, *figure.change[i]))) + "</span>";
            text += cell(content, " class=\"number\"");
        }
        text += "</tr>\n";
    }
    return text + "</tbody></table></div>\n";
}

std::string edge_tables(const ReportRun& run)
{
    if (run.circuits.empty())
        return "<p class=\"dim\">This run has no circuit.</p>\n";
    const Components components(*run.graph);
    const CircuitDiff diff = circuit_diff(
        *run.graph, components, run.circuits.front().edges, run.circuits.back().edges);
    const std::string unit = is_imported(run.summary.description)
        ? "with their scores as the files have them"
        : "with their scores in units of the metric ("
            + std::string(metric_of(run.summary.description).title) + ")";
    const std::size_t all = run.circuits.back().edges.size();
    std::string text = "<div class=\"wide\"><table class=\"edges\"><caption>"
        + (all > most_edges ? "The strongest " + std::to_string(most_edges) + " of "
                                    + std::to_string(all) + " edges"
                              : std::to_string(all) + " edges")
        + " at iteration " + std::to_string(run.circuits.back().iteration)
        + ", " + html(unit) + "</caption><thead><tr><th scope=\"col\"></th><th scope=\"col\">edge</th><th "
          "scope=\"col\"></th><th scope=\"col\">score</th><th scope=\"col\">at iteration "
        + std::to_string(run.circuits.front().iteration) + "</th></tr></thead><tbody>\n"
        + strongest_edges(run) + "</tbody></table></div>\n<dl class=\"moved\">";
    const auto list = [&](const char* title, const std::vector<EdgeId>& edges) {
        text += "<dt>" + std::string(title) + " <b>" + std::to_string(edges.size())
            + "</b></dt><dd>" + names_of_edges(run, edges) + "</dd>";
    };
    list("Entered since the first circuit", diff.edges.entered);
    list("Left since then", diff.edges.left);
    list("In both", diff.edges.kept);
    return text + "</dl>\n";
}

} // namespace circuitloom
