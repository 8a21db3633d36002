#include "app/cli/commands/commands.h"
#include "app/cli/commands/configuration_options.h"
#include "app/cli/commands/engine_commands.h"
#include "app/cli/commands/experiment_name.h"
#include "app/cli/commands/follow_run.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/run_alone.h"
#include "app/cli/commands/setting_list.h"
#include "app/cli/commands/settings_table.h"
#include "app/cli/commands/shared_run.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/tune_compare.h"
#include "app/cli/commands/tune_fair.h"
#include "app/cli/commands/tune_sweep.h"
#include "app/cli/commands/tuning_progress.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/utf8.h"
#include "core/engine/shared_run.h"
#include "core/formats/result_file.h"
#include "core/run/run_options.h"
#include "core/store/creation.h"
#include "core/tuning/budget.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <utility>

namespace circuitloom {

namespace {

struct Options
{
    ConfigurationOptions source;
    std::string budget;
    std::vector<std::string> compared;
    std::vector<double> learning_rates;
    std::vector<std::string> swept;
    bool print_jobs = false;
    int seeds = 1;
    bool list_presets = false;
    bool list_settings = false;
    bool markdown = false;
    std::string output;
    std::string picture;
    bool json = false;
    SharedRunOptions shared;
};

std::string joined_methods()
{
    std::string text;
    for (const std::string_view name : method_names)
        if (name != method_name(TuningMethod::circuit))
            text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

std::string preset_list()
{
    Table table({ { "preset", false }, { "what it does", false } });
    for (const PresetInfo& preset : presets())
        table.add({ preset.name, preset.description });
    return table.text();
}

constexpr std::string_view budget_of_circuits = "auto";

double mean_tunable_count(const std::string& place)
{
    const auto colon = place.rfind(':');
    int run = 0;
    const char* end = place.data() + place.size();
    if (colon == std::string::npos || std::from_chars(place.data() + colon + 1, end, run).ptr != end
        || colon + 1 == place.size())
        throw InputError("--match-budget is \"" + for_message(place)
            + "\"; it must be FILE:RUN, as in first.loom:1, or auto with --compare.");
    const auto iterations = ExperimentReader(place.substr(0, colon)).iterations({ run });
    if (iterations.empty())
        throw InputError("Run " + std::to_string(run) + " of " + place.substr(0, colon)
            + " has no iteration yet to take a budget from.");
    double sum = 0;
    for (const IterationRecord& iteration : iterations)
        sum += static_cast<double>(iteration.tunable_count);
    return sum / static_cast<double>(iterations.size());
}

RunConfig matched(const RunConfig& config, const Options& options)
{
    const std::string& place = options.budget;
    TuningProgress progress(options.output);
    const double wanted = mean_tunable_count(place);
    const BudgetMatch match = match_budget(config, wanted, progress);
    RunConfig sized = match.config;
    const std::string_view size = tuning_method_info(config.method).size_setting;
    for (const RunOption& option : options_of(sized))
        if (option.name() == size)
            progress.note(option.name() + " = " + option.text() + " should open "
                + std::to_string(match.expected) + " parameters; " + place + " opened "
                + std::to_string(std::llround(wanted)) + " on average");
    return match.config;
}

void compare(const RunConfig& config, const Options& options)
{
    if (!options.budget.empty() && options.budget != budget_of_circuits)
        throw InputError("--match-budget is \"" + for_message(options.budget)
            + "\"; with --compare it must be auto, which takes circuit-tuning's own.");
    const FairTerms terms{ !options.budget.empty(), options.learning_rates };
    std::optional<ResultFile> picture;
    if (!options.picture.empty() && config.capabilities.empty())
        throw InputError("--picture shows what the capabilities keep, and the run has none.");
    if (!options.picture.empty())
        picture.emplace(options.picture, ResultFile::Rules{ FileContent::picture });
    TuningProgress progress(options.output);
    const StopOnInterrupt interrupt;
    std::optional<std::vector<FairEntry>> fair;
    std::vector<ComparedMethod> methods;
    if (terms.match_budget || !terms.learning_rates.empty()) {
        fair = fair_entries(
            config, options.compared, terms, options.output, progress, interrupt.token());
        if (!fair)
            throw CLI::RuntimeError(stopped_by_user);
        for (const FairEntry& entry : *fair)
            methods.push_back({ entry.config, entry.diverges });
    } else {
        for (const TuningMethod method : compared_methods(options.compared)) {
            methods.push_back({ config });
            methods.back().config.method = method;
        }
    }
    const auto runs
        = compare_methods(methods, options.seeds, options.output, progress, interrupt.token());
    progress.finish();
    if (!runs)
        throw CLI::RuntimeError(stopped_by_user);
    const ExperimentReader reader(options.output);
    if (options.json) {
        auto json = comparison_json(reader, *runs);
        if (fair)
            json["fair"] = fair_rates_json(*fair);
        std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    } else {
        std::cout << (fair ? fair_rates_table(*fair) : "") << comparison_table(reader, *runs);
    }
    if (picture)
        picture->write(comparison_picture(reader, *runs));
    std::vector<std::string> failed;
    for (const ComparedRun& run : *runs)
        if (!run.failure.empty())
            failed.push_back(run.method + ", seed " + std::to_string(run.seed));
    if (!failed.empty())
        throw Error(failed_runs_text("comparison", failed, runs->size(), options.output) + ".");
}

void sweep(const RunConfig& config, const Options& options)
{
    std::vector<SweepAxis> axes;
    for (const std::string& axis : options.swept)
        axes.push_back(parse_sweep_axis(axis));
    const std::vector<SweepRun> runs = sweep_runs(config, axes, options.seeds);
    if (options.print_jobs) {
        std::cout << sweep_jobs(source_words(options.source), config, runs, options.output);
        return;
    }
    TuningProgress progress(options.output);
    const StopOnInterrupt interrupt;
    progress.note(std::to_string(runs.size()) + " runs: "
        + std::to_string(runs.size() / static_cast<std::size_t>(options.seeds))
        + " combinations of settings, " + std::to_string(options.seeds) + " of each");
    const auto outcome = run_sweep(runs, options.output, progress, interrupt.token());
    progress.finish();
    if (!outcome)
        throw CLI::RuntimeError(stopped_by_user);
    if (!outcome->made.empty())
        std::cout << settings_table(ExperimentReader(options.output), outcome->made,
            options.json ? TableFormat::json : TableFormat::text);
    if (!outcome->failed.empty())
        throw Error(failed_runs_text("sweep", outcome->failed, runs.size(), options.output)
            + "; one that diverged is left alone as long as it is in the file.");
}

void tune(const Options& options)
{
    if (options.list_presets || options.list_settings) {
        if (options.list_presets)
            std::cout << preset_list();
        else if (options.markdown)
            std::cout << settings_page();
        else
            std::cout << setting_list(unfinished_configuration(options.source));
        return;
    }
    if (options.output.empty())
        throw CLI::RequiredError("--output");
    require_experiment_name(options.output);
    const ProcessPlace place = place_by(options.shared);
    const bool starts = starts_processes(options.shared, place);
    const bool several_runs
        = !options.compared.empty() || !options.swept.empty() || options.seeds > 1;
    if (several_runs && (starts || place.size > 1))
        throw InputError("--compare, --sweep and --seeds make several runs, each in one process; "
                         "start them without other processes, or one run of --sweep --print-jobs "
                         "at a time.");
    if (place.rank > 0)
        return assist_first(place);
    if (!options.print_jobs)
        require_place_for_runs(options.output);
    RunConfig config = configuration(options.source);
    if (starts) {
        if (!options.budget.empty())
            mean_tunable_count(options.budget); // the first process computes with it
        return start_processes(options.shared);
    }
    if (!options.compared.empty())
        return compare(config, options);
    if (!options.budget.empty())
        config = matched(config, options);
    if (!options.swept.empty() || options.seeds > 1)
        return sweep(config, options);
    follow_run(options.output, options.json, place.size,
        [&](RunObserver& observer, RunControl& control, std::stop_token stop) {
            return make_shared_tuning_engine(place)->tune(
                config, options.output, observer, control, std::move(stop));
        });
}

} // namespace

void add_tune_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = add_engine_command(app, "tune");
    add_configuration_options(*command, options->source);
    command->add_option(
        "-o,--output", options->output, "the .loom file, new or with earlier runs, which it keeps");
    CLI::Option* compared
        = command
              ->add_option("--compare", options->compared,
                  "run circuit-tuning and these methods in turn, and print a table: "
                      + joined_methods())
              ->delimiter(',')
              ->type_name("METHODS");
    CLI::Option* swept
        = command
              ->add_option("--sweep", options->swept,
                  "run every combination of these values, as in circuit.top_n=10,30,100 or "
                  "optimizer.learning_rate=1e-4..1e-1*10 (+20 adds); may be given again; the same "
                  "command goes on with a sweep that was stopped")
              ->allow_extra_args(false)
              ->type_name("KEY=VALUES")
              ->excludes(compared);
    command
        ->add_flag("--print-jobs", options->print_jobs,
            "with --sweep: print a command line for each run, with a file of its own, and run "
            "nothing; runs merge puts the files together")
        ->needs(swept);
    command
        ->add_option("--seeds", options->seeds,
            "how many seeds the run, each method of --compare, or combination of --sweep, runs with, "
            "from the configuration's on")
        ->check(CLI::Range(1, 1000));
    command
        ->add_option("--match-budget", options->budget,
            "choose circuit.top_n, lora.rank or mask.share so that about as many parameters train "
            "as did in that run on average; auto, with --compare: as many as in circuit-tuning's own")
        ->type_name("FILE:RUN|auto")
        ->excludes(swept);
    command
        ->add_option("--learning-rates", options->learning_rates,
            "with --compare: choose each method's learning rate from these, on as many held-out "
            "examples as are reported, behind those; its runs go into OUTPUT-rates.loom")
        ->delimiter(',')
        ->type_name("RATES")
        ->check(CLI::PositiveNumber)
        ->needs(compared);
    command
        ->add_option("--picture", options->picture,
            "with --compare: an SVG of task gained against capabilities kept, with the Pareto front; "
            "at the end, and when the task was first learnt")
        ->type_name("FILE.svg")
        ->needs(compared);
    command->add_flag(
        "--list-presets", options->list_presets, "print the ready-made runs, and run nothing");
    CLI::Option* listed = command->add_flag("--list-settings", options->list_settings,
        "print every setting with its value and what it does, and run nothing");
    command
        ->add_flag("--markdown", options->markdown,
            "with --list-settings: as the page of the documentation, of no preset")
        ->needs(listed);
    add_shared_run_options(*command, options->shared);
    command->add_flag("--json", options->json, "print the summary as JSON");
    command->callback([options] { tune(*options); });
}

} // namespace circuitloom
