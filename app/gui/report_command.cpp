#include "app/gui/report_command.h"

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/table.h"
#include "app/gui/guarded_command.h"
#include "app/gui/option_values.h"
#include "app/gui/printed_text.h"
#include "app/gui/run_job.h"
#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "ui/base/file_path.h"
#include "ui/report/report_job.h"

#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>

namespace circuitloom {

namespace {

constexpr auto usage = "circuitloom report FILE.loom [options] -o OUT.html";

constexpr auto description
    = R"(Writes a report on some runs: one HTML page that any browser shows and that loads nothing,
with what was asked, final figures, curves, pictures, the strongest edges, and the circuit of every
iteration to play through, and the commands that make the runs again.)";

std::vector<CommandOption> options_there_are()
{
    return {
        { { QStringLiteral("o"), QStringLiteral("output") }, "The page to write.", "OUT.html" },
        { { QStringLiteral("runs") },
            "The runs' numbers, as in 1,2; all runs if absent. The first one's curves are drawn in "
            "full, the others faint behind it.",
            "RUNS" },
        { { QStringLiteral("title") }, "The page's title; the run's or the file's name if absent.",
            "TEXT" },
        { { QStringLiteral("force") }, "Replace whatever -o names, but never the experiment.",
            nullptr },
        { { QStringLiteral("h"), QStringLiteral("help") }, "Shows this help.", nullptr },
    };
}

std::vector<RunId> read_runs(const QString& text)
{
    std::vector<RunId> runs;
    for (const QString& word : text.split(u',')) {
        bool good = false;
        const RunId run{ word.trimmed().toLongLong(&good) };
        if (!good || run.value < 1)
            refuse_option("runs", QStringLiteral("numbers of runs as in 1,2"), text);
        if (std::ranges::find(runs, run) == runs.end())
            runs.push_back(run);
    }
    return runs;
}

} // namespace

CommandReference report_command_reference()
{
    return command_reference("report", description, options_there_are());
}

int run_report_command(const QStringList& arguments)
{
    const auto work = [&] {
        QCommandLineParser parser;
        add_options(parser, description, options_there_are());
        if (!parser.parse(arguments))
            throw InputError(parser.errorText().toStdString());
        if (parser.isSet(QStringLiteral("help")))
            return print_whole(qPrintable(help_of(parser, usage)));
        if (parser.positionalArguments().size() != 1 || !parser.isSet(QStringLiteral("output")))
            throw InputError(std::string("Usage: ") + usage + "; see --help.");
        ui::ReportRequest request;
        request.file = ui::path_of(parser.positionalArguments().constFirst());
        request.out = ui::path_of(parser.value(QStringLiteral("output")));
        request.title = parser.value(QStringLiteral("title"));
        if (parser.isSet(QStringLiteral("runs")))
            request.runs = read_runs(parser.value(QStringLiteral("runs")));
        const ResultFile out(request.out,
            { FileContent::page, parser.isSet(QStringLiteral("force")), { request.file } });
        ui::ReportJob job(request, out);
        ProgressLine progress;
        return run_job(job, progress, "picture") ? 0 : stopped_by_user;
    };
    return run_guarded(work, [](const std::string& sentence) {
        std::fprintf(stderr, "circuitloom report: %s\n", printable(sentence).c_str());
    });
}

} // namespace circuitloom
