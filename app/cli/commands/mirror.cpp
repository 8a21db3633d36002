#include "app/cli/commands/commands.h"
#include "app/cli/commands/experiment_name.h"
#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"

#include "core/base/counted.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/formats/text_file.h"
#include "core/remote/remote_mirror.h"
#include "core/run/imported_run.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>

namespace circuitloom {

namespace {

constexpr std::size_t largest_configuration = 1 << 20;

struct Options
{
    std::string address;
    std::string output;
    std::string program = "circuitloom-cli";
    std::string start;
    SweepToStart sweep;
    std::string ask;
    std::string check;
    std::optional<std::int64_t> pause;
    std::optional<std::int64_t> resume;
    std::optional<std::int64_t> stop;
    bool checkpoints = false;
    bool once = false;
};

std::string contents_in_words(const std::filesystem::path& file)
{
    int steps = 0;
    int iterations = 0;
    const std::vector<RunSummary> runs = ExperimentReader(file).runs();
    for (const RunSummary& run : runs) {
        steps += run.steps_done;
        iterations += run.iterations;
    }
    return counted(runs.size(), "run") + ", " + counted(static_cast<std::size_t>(steps), "step")
        + ", " + counted(static_cast<std::size_t>(iterations), "iteration");
}

/// Says on the standard error what happens, and ends the mirroring once all that was asked for is done.
class MirrorCommand : public MirrorObserver
{
public:
    explicit MirrorCommand(const Options& options)
        : options_(options)
        , mirror_(settings(options), *this)
    {
    }

    void run()
    {
        const StopOnInterrupt interrupt;
        const std::stop_callback interrupted(interrupt.token(), [this] { end_.request_stop(); });
        if (!options_.start.empty())
            waiting_.insert(mirror_.start(configuration(options_.start), options_.sweep));
        give(options_.pause, RunOrder::pause);
        give(options_.resume, RunOrder::resume);
        give(options_.stop, RunOrder::stop);
        if (!options_.ask.empty()) {
            question_ = options_.ask == "devices" ? mirror_.ask_devices() : mirror_.ask_models();
            waiting_.insert(question_);
        } else if (!options_.check.empty()) {
            question_ = mirror_.ask_check(configuration(options_.check));
            waiting_.insert(question_);
        }
        mirror_.run(end_.get_token());
        line_.finish();
        if (!failed_.empty())
            throw ResourceError(failed_);
        if (refused_)
            throw CLI::RuntimeError(1);
    }

    void changed(const MirrorState& state) override
    {
        const std::string host = settings(options_).address.host;
        caught_up_ = state.phase == MirrorPhase::caught_up;
        if (state.phase == MirrorPhase::lost && options_.once)
            return fail(state.why);
        if (state.phase == MirrorPhase::connecting)
            line_.note("connecting to " + host);
        else if (state.phase == MirrorPhase::lost)
            line_.note(for_message(state.why, 600) + " Trying again in "
                + std::to_string((state.retry.count() + 999) / 1000) + " s.");
        else if (caught_up_)
            line_.note("caught up with " + host + ": "
                + contents_in_words(options_.output));
        end_if_done();
    }
    void noticed(const std::string& sentence) override { line_.note(sentence); }
    void troubled(const std::string& sentence) override
    {
        if (options_.once)
            return fail(sentence);
        line_.note(sentence);
    }
    void answered(std::int64_t id, bool ok, const std::string& text) override
    {
        waiting_.erase(id);
        if (ok && id == question_)
            std::cout << text << std::flush;
        else
            line_.note(for_message(text, 2000));
        refused_ = refused_ || !ok;
        end_if_done();
    }
    void ended(std::int64_t, bool ok, const std::string& text) override
    {
        line_.note(text);
        refused_ = refused_ || !ok;
    }

    static RemoteMirrorOptions settings(const Options& options)
    {
        RemoteMirrorOptions settings;
        settings.address = parse_remote_address(options.address);
        settings.file = options.output;
        settings.version = CIRCUITLOOM_VERSION;
        settings.checkpoints = options.checkpoints;
        settings.starts_runs = !options.start.empty() || !options.check.empty();
        settings.program = options.program;
        return settings;
    }

private:
    static std::string configuration(const std::string& file)
    {
        std::string text = read_text_file(file, largest_configuration);
        parse_run_config(text, file); // what is wrong is said here already
        return text;
    }

    void give(const std::optional<std::int64_t>& run, RunOrder order)
    {
        if (run)
            waiting_.insert(mirror_.order({ *run }, order));
    }

    // Of one that was to be done once: nobody waits for another try.
    void fail(const std::string& why)
    {
        failed_ = why;
        end_.request_stop();
    }

    void end_if_done()
    {
        if (options_.once && caught_up_ && waiting_.empty())
            end_.request_stop();
    }

    const Options& options_;
    RemoteMirror mirror_;
    ProgressLine line_;
    std::stop_source end_;
    std::set<std::int64_t> waiting_; ///< answers
    std::int64_t question_ = 0;
    bool caught_up_ = false;
    bool refused_ = false; ///< an order was, or a run that was started failed
    std::string failed_; ///< a sentence; empty where it went well
};

void mirror(Options& options)
{
    if (options.output.empty()) // else one of any name there is called the same here
        options.output = file_name_of(parse_remote_address(options.address));
    else
        require_experiment_name(options.output);
    std::error_code error;
    const bool made = !std::filesystem::exists(options.output, error);
    try {
        MirrorCommand(options).run();
    } catch (...) {
        take_away_runs(options.output, made, {}); // where nothing came, nothing stays
        throw;
    }
}

} // namespace

void add_mirror_command(CLI::App& app)
{
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("mirror",
        "Follow a file on another machine over ssh: a local .loom file gets what is committed there, "
        "row by row, stays when the line is lost, and catches up when it is back. Ctrl-C ends it.");
    command->add_option("address", options->address, "as in ssh://user@host/path/run.loom")
        ->required();
    command->add_option("-o,--output", options->output,
        "the local .loom file, new or an earlier mirror of the same; else named as the one there");
    command->add_flag("--once", options->once,
        "end once all is here, with the run that was started, and every order is answered; fail where the "
        "line is lost");
    command->add_flag("--checkpoints", options->checkpoints,
        "with the weights, which are most of a file");
    command->add_option("--pause", options->pause, "have this run there pause, with a checkpoint")
        ->type_name("RUN");
    command->add_option("--resume", options->resume, "have this paused run there go on")
        ->type_name("RUN");
    command->add_option("--stop", options->stop, "have this run there stop, as Ctrl-C does")
        ->type_name("RUN");
    CLI::Option* start = command->add_option("--start", options->start,
        "start a run there from this TOML file, whose models and tasks are named by the paths "
        "there; it goes on without the line");
    start->type_name("CONFIG");
    command
        ->add_option("--sweep", options->sweep.axes,
            "with --start: every combination of these values, as tune --sweep takes them; may be "
            "given again")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUES")
        ->needs(start);
    command
        ->add_option("--seeds", options->sweep.seeds,
            "with --start: how many seeds the run, or each combination of --sweep, runs with")
        ->check(CLI::Range(1, 1000))
        ->needs(start);
    command
        ->add_option("--ask", options->ask,
            "print as JSON what can compute there (devices) or which models are there (models)")
        ->check(CLI::IsMember({ "devices", "models" }));
    command
        ->add_option("--check", options->check,
            "print as JSON whether the run of this TOML file could begin there: what is wrong, by "
            "setting")
        ->excludes("--ask")
        ->type_name("CONFIG");
    command->add_option("--program", options->program,
        "the command for circuitloom-cli, where that is not on the PATH there");
    command->callback([options] { mirror(*options); });
}

} // namespace circuitloom
