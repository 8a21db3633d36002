#include "core/run/run_in_processes.h"

#include "core/base/error.h"
#include "core/base/exit_code.h"
#include "core/base/program_files.h"
#include "core/base/utf8.h"
#include "core/formats/replacement_file.h"
#include "core/run/detached_program.h"
#include "core/run/process_folder.h"
#include "core/store/experiment_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <deque>
#include <fstream>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_looks{ 100 };
constexpr std::size_t paced_looks = 50; // over which the pace is taken
constexpr std::string_view own_name = "circuitloom-cli: ";
constexpr std::string_view still = " …"; // ends what happens before the first step
constexpr std::size_t most_complaints = 3;
constexpr std::size_t longest_complaint = 1000; // bytes

/// "run 3 on CPU · 2 threads, 100 steps", which the command line prints once the run is in its
/// file.
struct Begun
{
    RunId run;
    std::string device;
    int steps = 0;
};

std::optional<Begun> begun_by(std::string_view line)
{
    constexpr std::string_view run = "run ";
    constexpr std::string_view on = " on ";
    constexpr std::string_view end = " steps";
    const auto device = line.find(on);
    const auto comma = line.rfind(", ");
    if (!line.starts_with(run) || !line.ends_with(end) || device == std::string_view::npos
        || comma == std::string_view::npos || comma < device)
        return std::nullopt;
    Begun begun;
    const char* const digits_end = line.data() + device;
    const char* const steps_end = line.data() + line.size() - end.size();
    if (std::from_chars(line.data() + run.size(), digits_end, begun.run.value).ptr != digits_end
        || std::from_chars(line.data() + comma + 2, steps_end, begun.steps).ptr != steps_end)
        return std::nullopt;
    begun.device = line.substr(device + on.size(), comma - device - on.size());
    return begun;
}

/// What the processes have printed.
class Printed
{
public:
    explicit Printed(std::filesystem::path log)
        : log_(std::move(log))
    {
    }

    /// Reads what came since the last time.
    void read()
    {
        std::ifstream stream(log_, std::ios::binary);
        stream.seekg(read_);
        for (std::string line; std::getline(stream, line) && !stream.eof();) {
            read_ += static_cast<std::streamoff>(line.size()) + 1;
            take(line);
        }
    }
    const std::optional<Begun>& begun() const { return begun_; }
    /// What happens before the run is in its file, as in "loading the model".
    const std::string& preparing() const { return preparing_; }
    /// What they said of a failure; empty where nothing.
    std::string complaint() const
    {
        std::string text;
        for (const std::string& one : complaints_)
            text += (text.empty() ? "" : " ") + for_message(one, longest_complaint);
        return text;
    }

private:
    void take(const std::string& line)
    {
        if (line.starts_with(own_name)) {
            const std::string said = line.substr(own_name.size());
            if (std::ranges::find(complaints_, said) == complaints_.end())
                complaints_.push_back(said);
            if (complaints_.size() > most_complaints)
                complaints_.erase(complaints_.begin());
        } else if (!begun_) {
            begun_ = begun_by(line);
            if (line.ends_with(still))
                preparing_ = line.substr(0, line.size() - still.size());
        }
    }

    std::filesystem::path log_;
    std::streamoff read_ = 0;
    std::optional<Begun> begun_;
    std::string preparing_;
    std::vector<std::string> complaints_;
};

/// Tells what the file says of a run in training.
class StoredCourse
{
public:
    StoredCourse(const SharedJob& job, RunObserver& observer)
        : file_(job.file)
        , observer_(observer)
    {
        if (const auto* run = std::get_if<RunId>(&job.run))
            run_ = *run;
        if (const std::optional<RunSummary> before = summary())
            steps_before_ = before->steps_done;
    }

    void begin(const Begun& begun)
    {
        run_ = begun.run;
        observer_.started(begun.run, begun.device, begun.steps);
        seen_.push_back({ Clock::now(), steps_before_ });
    }
    void look()
    {
        const std::optional<RunSummary> run = summary();
        if (!run || run->steps_done == seen_.back().steps)
            return;
        if (run->steps_done < seen_.back().steps) // it went on from a checkpoint further back
            seen_.clear();
        seen_.push_back({ Clock::now(), run->steps_done });
        if (seen_.size() > paced_looks)
            seen_.pop_front();
        StepRecord step;
        step.step = run->steps_done;
        step.loss = run->last_loss.value_or(0);
        step.metric = run->last_metric.value_or(0);
        const std::chrono::duration<double> passed = seen_.back().at - seen_.front().at;
        observer_.step_done(step,
            seen_.size() > 1 ? (step.step - seen_.front().steps) / passed.count() : 0);
    }

private:
    /// Nothing where the file is locked for a moment: the next look finds more.
    std::optional<RunSummary> summary() const
    {
        if (!run_)
            return std::nullopt;
        try {
            return ExperimentReader(file_).run(*run_);
        } catch (const Error&) {
            return std::nullopt;
        }
    }

    std::filesystem::path file_;
    RunObserver& observer_;
    std::optional<RunId> run_;
    struct Seen
    {
        Clock::time_point at;
        int steps = 0;
    };
    int steps_before_ = 0;
    std::deque<Seen> seen_; ///< the latest looks that found further steps
};

std::vector<std::string> words_for(const SharedJob& job, const ProcessFolder& folder)
{
    std::vector<std::string> words{ job.program.string() };
    if (const auto* config = std::get_if<RunConfig>(&job.run)) {
        const std::filesystem::path name = folder / "run.toml";
        write_whole(name, to_toml(*config));
        words.insert(words.end(), { "tune", name.string(), "-o" });
    } else {
        words.emplace_back("resume");
    }
    words.push_back(std::filesystem::absolute(job.file).string());
    if (const auto* run = std::get_if<RunId>(&job.run))
        words.insert(words.end(), { "--run", std::to_string(run->value) });
    words.insert(words.end(), { "--processes", std::to_string(job.processes) });
    return words;
}

} // namespace

std::filesystem::path command_line_program()
{
    return required_beside_program("circuitloom-cli",
        "The program circuitloom-cli, which shares a run among processes,",
        "install both again, together.");
}

int processes_of(const RunDescription& run)
{
    const auto software = nlohmann::json::parse(run.software, nullptr, false);
    const auto found = software.is_object() ? software.find("processes") : software.end();
    if (found == software.end() || !found->is_number_unsigned()
        || *found > static_cast<unsigned>(most_processes))
        return 1;
    return std::max(1, found->get<int>());
}

std::string processes_text(int processes)
{
    return processes == 1 ? "1 process" : std::to_string(processes) + " processes";
}

RunState run_in_processes(const SharedJob& job, RunObserver& observer,
    const std::stop_token& stop, const std::stop_token& leave)
{
    StoredCourse course(job, observer);
    ProcessFolder folder;
    const std::filesystem::path log = folder / "log";
    DetachedProgram processes(words_for(job, folder), std::filesystem::current_path(), log);
    observer.preparing("starting " + processes_text(job.processes));
    Printed printed(log);
    std::optional<int> code;
    std::string preparing;
    for (bool begun = false, told_to_stop = false; !code;) {
        code = processes.end(); // before what was printed is read, so that all of it is
        printed.read();
        if (!begun && printed.preparing() != preparing) {
            preparing = printed.preparing();
            observer.preparing(preparing);
        }
        if (!begun && printed.begun()) {
            begun = true;
            course.begin(*printed.begun());
        }
        if (begun)
            course.look();
        if (code)
            break;
        if (leave.stop_requested()) {
            folder.keep(); // they may not have read it yet
            return RunState::running;
        }
        if (stop.stop_requested() && !told_to_stop) {
            told_to_stop = true;
            ::kill(processes.process(), SIGTERM);
        }
        std::this_thread::sleep_for(between_looks);
    }
    if (*code == 0)
        return RunState::finished;
    if (*code == stopped_by_user || (stop.stop_requested() && !printed.begun()))
        return RunState::stopped;
    const std::string complaint = printed.complaint();
    throw ResourceError(complaint.empty()
            ? "The processes that shared the run ended without a word."
            : complaint);
}

} // namespace circuitloom
