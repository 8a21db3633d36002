#include "app/cli/commands/certainty_report.h"
#include "app/cli/commands/commands.h"
#include "app/cli/commands/comparison_report.h"
#include "app/cli/commands/dynamics_report.h"
#include "app/cli/commands/experiment_name.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/needs_any_of.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/report_text.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/settings_table.h"
#include "app/cli/commands/study_report.h"
#include "app/cli/commands/table.h"
#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/store/compaction.h"
#include "core/store/merge.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <initializer_list>
#include <iostream>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    std::string file;
    std::int64_t run = 0;
    std::optional<std::int64_t> dynamics;
    std::optional<std::int64_t> certainty;
    CertaintyBounds bounds;
    std::vector<std::int64_t> compared; ///< two, or none
    DynamicsOptions analysis;
    RunStudyOptions study;
    bool drift = false;
    bool compact = false;
    bool table = false;
    bool csv = false;
    std::string layout; ///< of the table; empty: text
    std::vector<std::filesystem::path> merged;
    std::string output;
    bool json = false;
};

void list(const Options& options)
{
    const ExperimentReader reader(options.file);
    std::cout << (options.json ? run_list_json(reader) : run_list(reader));
}

void show(const Options& options)
{
    const ExperimentReader reader(options.file);
    const RunId run{ options.run };
    std::cout << (options.json ? run_report_json(reader, run) : run_report(reader, run));
}

// Reading a long run's circuits takes a while; a short one is there at once.
DynamicsOptions with_progress(const Options& options, ProgressLine& line)
{
    DynamicsOptions analysis = options.analysis;
    analysis.progress = [&line](int done, int total) {
        if (total >= 1000)
            line.show("reading the circuits", done, total);
    };
    return analysis;
}

void dynamics(const Options& options, const RunDriftSource& drift_of)
{
    const ExperimentReader reader(options.file);
    std::optional<RunDrift> drift;
    if (options.drift)
        drift = drift_of(reader, { *options.dynamics });
    ProgressLine line;
    const RunDynamics found
        = run_dynamics(reader, { *options.dynamics }, with_progress(options, line));
    line.finish();
    std::cout << (options.json ? dynamics_report_json(found, drift)
                               : dynamics_report(found, drift));
}

void certainty(const Options& options)
{
    if (options.bounds.noise > options.bounds.core)
        throw InputError("--noise must not be above --core.");
    const RunCertainty found = run_certainty(
        ExperimentReader(options.file), { *options.certainty }, options.bounds);
    std::cout << (options.json ? certainty_report_json(found) : certainty_report(found));
}

void compact(const Options& options)
{
    const Compaction done = compact_experiment(options.file);
    if (options.json) {
        std::cout << nlohmann::ordered_json{ { "bytes_before", done.before },
            { "bytes_after", done.after }, { "checkpoints_dropped", done.checkpoints } }
                         .dump(2)
                  << "\n";
        return;
    }
    const auto megabytes
        = [](std::uintmax_t bytes) { return fixed(static_cast<double>(bytes) / 1e6, 1) + " MB"; };
    std::cout << printable(options.file) << " had " << megabytes(done.before) << " and has "
              << megabytes(done.after) << "; "
              << (done.checkpoints == 1 ? "1 checkpoint" : std::to_string(done.checkpoints)
                         + " checkpoints")
              << " went\n";
}

void compare(const Options& options)
{
    const ExperimentReader reader(options.file);
    ProgressLine line;
    const RunComparison found = compare_runs(reader, { options.compared.at(0) },
        { options.compared.at(1) }, with_progress(options, line));
    line.finish();
    std::cout << (options.json ? comparison_report_json(found) : comparison_report(found));
}

const std::map<std::string, TableFormat> table_layouts{ { "csv", TableFormat::csv },
    { "tsv", TableFormat::tsv }, { "markdown", TableFormat::markdown },
    { "latex", TableFormat::latex } };

TableFormat table_format(const Options& options)
{
    if (options.json)
        return TableFormat::json;
    if (options.csv)
        return TableFormat::csv;
    return options.layout.empty() ? TableFormat::text : table_layouts.at(options.layout);
}

void table(const Options& options)
{
    const ExperimentReader reader(options.file);
    std::vector<RunId> runs;
    for (const RunSummary& run : reader.runs())
        runs.push_back(run.id);
    std::cout << settings_table(reader, runs, table_format(options));
    std::cerr << unfinished_runs_text(reader, runs);
}

void study(const Options& options, const StudySource& answer_study)
{
    const StudyQuestion question = study_question(options.study, options.file);
    const StudyAnswer answer = answer_study(question);
    tell_remarks(answer.dropped, answer.notes);
    std::cout << (options.json  ? study_report_json(answer, question)
            : options.csv ? study_report_csv(answer)
                          : study_report(answer, question));
}

void merge(const Options& options)
{
    require_experiment_name(options.output);
    const StopOnInterrupt interrupt;
    const std::vector<MergedRun> runs
        = merge_experiments(options.merged, options.output, interrupt.token());
    auto list = nlohmann::ordered_json::array();
    for (const MergedRun& run : runs)
        list.push_back({ { "file", run.file.string() }, { "run", run.there.value },
            { "merged", run.here.value } });
    if (options.json)
        std::cout << written(list);
    else
        std::cout << counted(runs.size(), "run") << " of " << counted(options.merged.size(), "file")
                  << (runs.size() == 1 ? " is in " : " are in ") << options.output << "\n";
}

} // namespace

void add_runs_command(
    CLI::App& app, const RunDriftSource& drift, const StudySource& answer_study)
{
    const auto options = std::make_shared<Options>();
    CLI::App* runs = app.add_subcommand("runs",
        "What is in an experiment: FILE.loom lists its runs, FILE.loom show R tells all of one, "
        "--dynamics R how its circuit changed, --certainty R how sure it is, --compare R1,R2 how two runs differ, "
        "--transfer, --graft and --swap R whether its circuits work elsewhere and which change it was, --table what "
        "each combination of settings came to. merge puts several files into one.");
    runs->add_option("file", options->file, "the .loom file");
    auto* of_one = runs->add_option("--dynamics", options->dynamics,
        "how the circuit of this run changed: turnover, lives of edges, when what moved");
    auto* sure = runs->add_option("--certainty", options->certainty,
        "how sure the circuits of this run are, which needs circuit.resamples: stability, core "
        "edges, and how much of each change is more than another batch would make");
    sure->excludes(of_one);
    runs->add_option("--core", options->bounds.core,
            "with --certainty: an edge in at least this share of the resamples is core")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(sure);
    runs->add_option("--noise", options->bounds.noise,
            "with --certainty: an edge in fewer than this share of the resamples is noise")
        ->check(CLI::Range(0.0, 1.0))
        ->needs(sure);
    runs->add_option("--compare", options->compared,
            "two runs, as in 1,2: their last circuits' difference and every suite side by side")
        ->delimiter(',')
        ->expected(2)
        ->excludes(of_one);
    runs->add_option("--window", options->analysis.window,
            "with --dynamics: circuits over which an edge must rise or fall, and at either end")
        ->check(CLI::Range(2, 1000))
        ->needs(of_one);
    runs->add_flag("--drift", options->drift,
            "with --dynamics: how far each node's parameters moved by the run's last checkpoint; "
            "reads the model")
        ->needs(of_one);
    runs->add_flag("--compact", options->compact,
            "make the file smaller: give back the room of deleted runs, and drop checkpoints that no "
            "run goes on from and what the optimizer remembered of finished ones")
        ->excludes(of_one);
    auto* settings = runs->add_flag("--table", options->table,
        "a line for each combination of the settings in which the finished runs differ, mean ± "
        "standard deviation over its runs");
    auto* csv = runs->add_flag("--csv", options->csv,
        "with --table, --transfer, --graft or --swap: print CSV");
    for (CLI::Option* asking : add_study_options(*runs, options->study))
        asking->excludes(of_one)->excludes(sure)->excludes(settings);
    auto* layout = runs->add_option("--layout", options->layout,
        "with --table: print it as csv, tsv, markdown or latex (booktabs)");
    layout->check(CLI::IsMember({ "csv", "tsv", "markdown", "latex" }))
        ->needs(settings)
        ->excludes(csv);
    runs->add_flag("--json", options->json, "print JSON")->excludes(csv)->excludes(layout);
    runs->require_subcommand(0, 1);

    CLI::App* one
        = runs->add_subcommand("show", "one run: its figures, every suite before and after");
    one->add_option("run", options->run, "the run's number")->required();
    one->add_flag("--json", options->json, "print JSON");
    CLI::App* all = runs->add_subcommand("list", "every run, a line each (as without a word)");
    all->add_flag("--json", options->json, "print JSON");

    CLI::App* several = runs->add_subcommand(
        "merge", "the runs of several files in one: runs merge A.loom B.loom -o ALL.loom");
    several->add_option("files", options->merged, "the .loom files, which stay as they are")
        ->required();
    several
        ->add_option("-o,--output", options->output,
            "the .loom file, new or with earlier runs, which it keeps")
        ->required();
    several->add_flag("--json", options->json, "print which run became which, as JSON");

    runs->callback([options, runs, one, all, several, drift, answer_study] {
        if (several->parsed())
            return merge(*options);
        if (options->file.empty())
            throw CLI::RequiredError("file");
        std::vector<std::string> actions;
        for (const auto& [action, is_asked] : std::initializer_list<std::pair<const char*, bool>>{
                 { "--table", options->table }, { "--dynamics", options->dynamics.has_value() },
                 { "--certainty", options->certainty.has_value() },
                 { "--compare", !options->compared.empty() }, { "--compact", options->compact },
                 { "--transfer, --graft or --swap", options->study.asked() },
                 { "show", one->parsed() }, { "list", all->parsed() } })
            if (is_asked)
                actions.emplace_back(action);
        if (actions.size() > 1)
            throw CLI::ExcludesError(actions[0], actions[1]);
        needs_any_of(*runs, "--csv", { "--table", "--transfer", "--graft", "--swap" });
        needs_any_of(*runs, "--iterations", { "--transfer", "--swap" });
        needs_any_of(*runs, "--from", { "--graft", "--swap" });
        for (const char* option : { "--random", "--cells", "--device" })
            needs_any_of(*runs, option, { "--transfer", "--graft", "--swap" });
        if (options->table)
            table(*options);
        else if (options->dynamics)
            dynamics(*options, drift);
        else if (options->study.asked())
            study(*options, answer_study);
        else if (options->certainty)
            certainty(*options);
        else if (options->compact)
            compact(*options);
        else if (!options->compared.empty())
            compare(*options);
        else
            one->parsed() ? show(*options) : list(*options);
    });
}

} // namespace circuitloom
