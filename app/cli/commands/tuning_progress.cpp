#include "app/cli/commands/tuning_progress.h"

#include "app/cli/commands/table.h"
#include "core/base/error.h"
#include "core/run/run_measures.h"
#include "core/run/whole_sentence.h"
#include "core/store/experiment_reader.h"

namespace circuitloom {

void TuningProgress::preparing(const std::string& what)
{
    if (!is_whole_sentence(what))
        line_.note(what + " …");
    else if (told_.insert(what).second)
        line_.note(what);
}

void TuningProgress::started(RunId run, const std::string& device, int steps)
{
    run_ = run;
    try {
        metric_ = metric_of(ExperimentReader(file_).run(run).description);
    } catch (const Error&) {
        // Only a name on the screen; the run goes on.
    }
    steps_ = steps;
    seconds_ = 0;
    timed_ = 0;
    last_ = Clock::now();
    line_.note("run " + std::to_string(run.value) + " on " + device + ", " + std::to_string(steps)
        + " steps");
}

void TuningProgress::step_done(const StepRecord& step, double steps_per_second)
{
    const auto now = Clock::now();
    if (step.step > 1) {
        seconds_ += std::chrono::duration<double>(now - last_).count();
        ++timed_;
    }
    last_ = now;
    line_.show("tuning", step.step, steps_,
        "loss " + value_text(measures::loss, step.loss) + "  " + std::string(metric_.name) + " "
            + value_text(metric_, step.metric) + "  "
            + fixed(steps_per_second, 1) + " steps/s");
}

void TuningProgress::evaluated(const std::vector<EvaluationRecord>&)
{
    last_ = Clock::now();
}

void TuningProgress::marked(const MarkRecord& mark)
{
    line_.note("step " + std::to_string(mark.step) + ": " + mark.label);
}

double TuningProgress::seconds_per_step() const
{
    return timed_ > 0 ? seconds_ / timed_ : 0;
}

} // namespace circuitloom
