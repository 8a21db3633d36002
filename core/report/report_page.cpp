#include "core/base/date_text.h"

#include "core/base/number_text.h"
#include "core/base/error.h"
#include "core/report/circuit_data.h"
#include "core/report/html.h"
#include "core/report/report.h"
#include "core/report/report_tables.h"
#include "core/run/tune_command.h"

#include <algorithm>
#include <functional>
#include <map>

namespace circuitloom {

namespace {

std::string number(double value)
{
    return significant(value, 5);
}

std::string picture(const ReportPicture& picture)
{
    return "<div class=\"light\">" + picture.light + "</div><div class=\"dark\">" + picture.dark
        + "</div>";
}

std::string plots(const Report& report)
{
    std::string text;
    for (const ReportPlot& plot : report.plots)
        text += "<figure class=\"plot\" data-left=\"" + number(plot.left) + "\" data-right=\""
            + number(plot.right) + "\" data-top=\"" + number(plot.top) + "\" data-bottom=\""
            + number(plot.bottom) + "\" data-last=\"" + number(plot.last_step) + "\">"
            + picture(plot.picture) + "<span class=\"cursor\"></span><figcaption class=\"spoken\">"
            + html(plot.picture.caption) + "</figcaption></figure>\n";
    return text;
}

/// Which colour is which run's, where there are several.
std::string legend(const Report& report)
{
    std::string text;
    if (report.runs.size() > 1)
        for (const ReportRun& run : report.runs)
            text += "<li>" + run_title(report, run) + "</li>";
    return text.empty() ? text : "<ul class=\"legend\">" + text + "</ul>\n";
}

std::string run_colors(const Report& report)
{
    std::string text;
    for (const ReportRun& run : report.runs)
        text += ".run-" + std::to_string(run.summary.id.value) + "{--on-light:" + run.light_color
            + ";--on-dark:" + run.dark_color + "}\n";
    return text;
}

std::string of_runs(const Report& report, std::string (*part)(const ReportRun&), const char* kind)
{
    std::string text;
    for (const ReportRun& run : report.runs)
        text += "<section class=\"" + std::string(kind) + "\"><h3>" + run_title(report, run) + "</h3>\n"
            + part(run) + "</section>\n";
    return text;
}

std::string pictures(const ReportRun& run)
{
    if (run.pictures.empty())
        return "<p class=\"dim\">This run has no circuit.</p>\n";
    std::string text = "<div class=\"pictures\">";
    for (const ReportPicture& one : run.pictures)
        text += "<figure>" + picture(one) + "<figcaption>" + html(one.caption)
            + "</figcaption></figure>\n";
    return text + "</div>\n";
}

/// What the runs are for, in their own words, each said once.
std::string descriptions(const Report& report)
{
    std::vector<std::string> said;
    std::string text;
    for (const ReportRun& run : report.runs) {
        const std::string sentence = run.config ? run.config->description : std::string();
        if (sentence.empty() || std::ranges::find(said, sentence) != said.end())
            continue;
        said.push_back(sentence);
        text += "<p class=\"lead\">" + html(sentence) + "</p>\n";
    }
    return text;
}

std::string report_command(const Report& report)
{
    std::string runs;
    for (const ReportRun& run : report.runs)
        runs += (runs.empty() ? "" : ",") + std::to_string(run.summary.id.value);
    const std::string title
        = report.own_title ? " --title " + shell_word(report.title) : std::string();
    return "circuitloom report " + shell_word(report.file.filename().string()) + " --runs " + runs
        + title + " -o report.html";
}

std::string run_count(const Report& report)
{
    const std::size_t count = report.runs.size();
    return count == 1 ? "1 run" : std::to_string(count) + " runs";
}

bool has_circuits(const Report& report)
{
    return std::ranges::any_of(
        report.runs, [](const ReportRun& run) { return !run.circuits.empty(); });
}

} // namespace

std::string report_page(const Report& report, const std::function<void()>& between)
{
    const std::map<std::string_view, std::function<std::string()>> values{
        { "title", [&] { return html(report.title); } },
        { "file", [&] { return html(report.file.filename().string()); } },
        { "made", [&] { return date_and_time(report.made); } },
        { "version", [&] { return html(report.version); } },
        { "run_count", [&] { return run_count(report); } },
        { "style", [&] { return report.parts.style + run_colors(report); } },
        { "script", [&] { return report.parts.script; } },
        { "script_hash", [&] { return report.parts.script_hash; } },
        { "data", [&] { return json_in_html(circuit_data(report)); } },
        { "descriptions", [&] { return descriptions(report); } },
        { "asked", [&] { return asked_table(report); } },
        { "figures", [&] { return figures_table(report); } },
        { "legend", [&] { return legend(report); } },
        { "plots", [&] { return plots(report); } },
        { "player_hidden", [&] { return has_circuits(report) ? "" : " hidden"; } },
        { "pictures", [&] { return of_runs(report, pictures, "run-pictures"); } },
        { "edges", [&] { return of_runs(report, edge_tables, "run-edges"); } },
        { "reproduction", [&] { return of_runs(report, reproduction, "run-facts"); } },
        { "command", [&] { return html(report_command(report)); } },
    };
    return filled(report.parts.page, [&](std::string_view name) {
        const auto value = values.find(name);
        if (value == values.end())
            throw Error("The report's template names " + std::string(name) + ", which is unknown.");
        if (between)
            between();
        return value->second();
    });
}

} // namespace circuitloom
