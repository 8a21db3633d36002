#include "app/cli/commands/tune_sweep.h"

#include "app/cli/commands/run_alone.h"
#include "app/cli/commands/table.h"
#include "core/base/error.h"
#include "core/engine/tuning_engine.h"
#include "core/formats/result_file.h"
#include "core/run/divergence.h"
#include "core/run/runs_made.h"
#include "core/run/tune_command.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <chrono>

namespace circuitloom {

namespace {

std::vector<std::optional<RunSummary>> runs_there(
    std::span<const SweepRun> runs, const std::filesystem::path& file)
{
    std::vector<RunConfig> wanted;
    for (const SweepRun& run : runs)
        wanted.push_back(run.config);
    return runs_made(wanted,
        content_of(file) == FileContent::experiment ? ExperimentReader(file).runs()
                                                    : std::vector<RunSummary>());
}

void require_idle(const RunSummary& run, const std::filesystem::path& file)
{
    if (is_under_way(run.state))
        throw InputError("Run " + std::to_string(run.id.value) + " of " + file.string()
            + ", which belongs to the sweep, is going on in another program; wait until it has "
              "ended.");
}

std::string job_file(const std::filesystem::path& file, std::size_t number, std::size_t of)
{
    const std::string digits = std::to_string(number);
    const std::size_t width = std::max<std::size_t>(3, std::to_string(of).size());
    std::filesystem::path named = file.parent_path() / file.stem();
    named += "-" + std::string(width - digits.size(), '0') + digits
        + (file.has_extension() ? file.extension().string() : ".loom");
    return named.string();
}

} // namespace

std::string sweep_jobs(const std::vector<std::string>& source, const RunConfig& base,
    std::span<const SweepRun> runs, const std::filesystem::path& file)
{
    std::string text;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        text += "circuitloom-cli tune";
        for (const std::string& word : source)
            text += " " + shell_word(word);
        for (const std::string& setting : changed_settings(base, runs[i].config))
            text += " --set " + shell_word(setting);
        text += " -o " + shell_word(job_file(file, i + 1, runs.size())) + "\n";
    }
    return text;
}

std::optional<SweepOutcome> run_sweep(std::span<const SweepRun> runs,
    const std::filesystem::path& file, TuningProgress& progress, std::stop_token stop)
{
    using Clock = std::chrono::steady_clock;
    const std::vector<std::optional<RunSummary>> there = runs_there(runs, file);
    const auto engine = make_tuning_engine();
    SweepOutcome outcome;
    std::size_t tried = 0;
    double seconds = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const std::optional<RunSummary>& found = there[i];
        const std::string& name = runs[i].config.name;
        std::string note
            = "run " + std::to_string(i + 1) + " of " + std::to_string(runs.size()) + ": " + name;
        if (found && found->state == RunState::finished) {
            progress.note(note + ", is in the file already");
            outcome.made.push_back(found->id);
            continue;
        }
        if (found && found->state == RunState::failed && says_diverged(found->message)) {
            progress.note(note + ", has diverged in the file already and would again");
            outcome.failed.push_back(name);
            continue;
        }
        if (tried > 0)
            note += "; about "
                + duration(
                    seconds / static_cast<double>(tried) * static_cast<double>(runs.size() - i))
                + " left at most";
        progress.note(note);
        RunControl control;
        const auto start = Clock::now();
        if (found)
            require_idle(*found, file);
        RunState state = RunState::failed;
        const bool ended = train_alone(progress, name, [&] {
            state = found ? engine->resume(file, found->id, progress, control, stop)
                          : engine->tune(runs[i].config, file, progress, control, stop);
        });
        if (ended && state != RunState::finished)
            return std::nullopt;
        if (ended)
            outcome.made.push_back(progress.run());
        else
            outcome.failed.push_back(name);
        seconds += std::chrono::duration<double>(Clock::now() - start).count();
        ++tried;
    }
    return outcome;
}

} // namespace circuitloom
