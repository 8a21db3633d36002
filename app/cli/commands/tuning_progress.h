#pragma once

#include "app/cli/commands/progress.h"
#include "core/base/measure.h"
#include "core/run/engine.h"

#include <chrono>
#include <filesystem>
#include <set>
#include <string>

namespace circuitloom {

/// Tells a person at the terminal how a run goes, and measures its steps.
class TuningProgress : public RunObserver
{
public:
    /// Of runs that are written into `file`, which says what their steps are measured in.
    explicit TuningProgress(std::filesystem::path file)
        : file_(std::move(file))
    {
    }
    /// The runs from now on are written into `file`.
    void follow(std::filesystem::path file) { file_ = std::move(file); }

    /// Tells a whole sentence once, however many runs it is about.
    void preparing(const std::string& what) override;
    void started(RunId run, const std::string& device, int steps) override;
    void step_done(const StepRecord& step, double steps_per_second) override;
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>& evaluations) override;
    void marked(const MarkRecord& mark) override;

    /// A line that stays.
    void note(const std::string& line) { line_.note(line); }
    void finish() { line_.finish(); }
    RunId run() const { return run_; }
    /// Mean of the run's steps so far, evaluations aside; the first is left out, which everything
    /// is slow in.
    double seconds_per_step() const;

private:
    using Clock = std::chrono::steady_clock;

    std::filesystem::path file_;
    ProgressLine line_;
    std::set<std::string> told_; ///< the sentences
    RunId run_;
    Measure metric_;
    int steps_ = 0;
    Clock::time_point last_;
    double seconds_ = 0;
    int timed_ = 0;
};

} // namespace circuitloom
