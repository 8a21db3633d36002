#include "app/cli/commands/follow_run.h"

#include "app/cli/commands/interrupt.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/run_report.h"
#include "app/cli/commands/table.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>

namespace circuitloom {

namespace {

constexpr int stopped_by_user = 130; // as shells report a Ctrl-C

/// Tells a person at the terminal how the run goes.
class TuningProgress : public RunObserver
{
public:
    void preparing(const std::string& what) override { line_.note(what + " …"); }
    void started(RunId run, const std::string& device, int steps) override
    {
        run_ = run;
        steps_ = steps;
        line_.note("run " + std::to_string(run.value) + " on " + device + ", "
            + std::to_string(steps) + " steps");
    }
    void step_done(const StepRecord& step, double steps_per_second) override
    {
        line_.show("tuning", step.step, steps_,
            "loss " + fixed(step.loss, 3) + "  metric " + fixed(step.metric, 3) + "  "
                + fixed(steps_per_second, 1) + " steps/s");
    }
    void iteration_committed(const IterationRecord&) override { }
    void evaluated(const std::vector<EvaluationRecord>&) override { }
    void marked(const MarkRecord& mark) override
    {
        line_.note("step " + std::to_string(mark.step) + ": " + mark.label);
    }

    void finish() { line_.finish(); }
    RunId run() const { return run_; }

private:
    ProgressLine line_;
    RunId run_;
    int steps_ = 0;
};

} // namespace

void follow_run(const std::filesystem::path& file, bool json, const RunAction& action)
{
    TuningProgress progress;
    RunControl control;
    const StopOnInterrupt interrupt;
    const auto start = std::chrono::steady_clock::now();
    const RunState state = action(progress, control, interrupt.token());
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    progress.finish();

    const ExperimentReader reader(file);
    if (json)
        std::cout << run_report_json(reader, progress.run());
    else
        std::cout << run_report(reader, progress.run()) << "\n"
                  << run_state_name(state) << " after " << duration(seconds) << "; the run is in "
                  << file.string() << "\n";
    if (state != RunState::finished)
        throw CLI::RuntimeError(stopped_by_user);
}

} // namespace circuitloom
