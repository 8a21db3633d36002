#pragma once

#include "core/engine/tuning_engine.h"
#include "tests/support/tiny_configuration.h"
#include "tests/support/tiny_task.h"

#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

namespace circuitloom::testing {

/// Keeps everything a run tells, and can stop it after a step.
class Watcher : public RunObserver
{
public:
    void preparing(const std::string&) override { }
    void started(RunId id, const std::string&, int) override { run = id; }
    void step_done(const StepRecord& step, double) override
    {
        steps.push_back(step);
        if (stop_after == step.step)
            source.request_stop();
    }
    void iteration_committed(const IterationRecord& iteration) override
    {
        iterations.push_back(iteration);
    }
    void evaluated(const std::vector<EvaluationRecord>& records) override
    {
        evaluations.insert(evaluations.end(), records.begin(), records.end());
    }
    void marked(const MarkRecord&) override { }

    RunId run;
    std::vector<StepRecord> steps;
    std::vector<IterationRecord> iterations;
    std::vector<EvaluationRecord> evaluations;
    std::stop_source source;
    int stop_after = -1;
};

// A folder with a task for the tiny model, gone at the end.
class Folder
{
public:
    Folder()
        : path_(std::filesystem::temp_directory_path()
            / ("circuitloom-tuning-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(path_);
        write_tiny_task(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline RunConfig tiny_run(const Folder& folder)
{
    return tiny_configuration(folder.path());
}

inline RunState tune(const RunConfig& config, const std::filesystem::path& file, Watcher& watcher)
{
    RunControl control;
    return make_tuning_engine()->tune(config, file, watcher, control, watcher.source.get_token());
}

/// Goes on with a run, in an engine of its own as another process would.
inline RunState resume(const std::filesystem::path& file, RunId run, Watcher& watcher)
{
    RunControl control;
    return make_tuning_engine()->resume(file, run, watcher, control, watcher.source.get_token());
}

} // namespace circuitloom::testing
