#include "core/tuning/passed_batches.h"

#include "core/base/error.h"
#include "core/model/unused_memory.h"
#include "core/run/run_estimate.h"
#include "core/tuning/failure.h"
#include "core/tuning/run_memory.h"
#include "core/tuning/step_batches.h"

#include <optional>
#include <vector>

namespace circuitloom {

namespace {

RunConfig in_halves(RunConfig config)
{
    config.batch = (config.batch + 1) / 2;
    config.accumulate *= 2;
    return config;
}

} // namespace

PassedBatches::PassedBatches(
    const PreparedRun& run, Tuner& tuner, bool& halved, RunOutput& output, const Ranks& ranks)
    : run_(run)
    , tuner_(tuner)
    , halved_(halved)
    , output_(output)
    , ranks_(ranks)
{
}

void PassedBatches::restored()
{
    if (!halved_)
        return;
    tuner_.set_probe(probe_batches(run_.task, run_.config, run_.model, ranks_, parts(halved_)));
    tuner_.set_calibration(
        calibration_batches(run_.task, run_.config, run_.model, ranks_, parts(halved_)));
}

bool PassedBatches::may_halve() const
{
    return !halved_ && run_.config.batch > 1 && ranks_.alone() && tuner_.is_whole();
}

std::string PassedBatches::with_less_memory() const
{
    const RunConfig now = halved_ ? in_halves(run_.config) : run_.config;
    const TaskSize size = size_of(run_.task, run_.held_out);
    const ModelConfig& model = run_.model.config();
    const auto fitting = fitting_run(now, model, size,
        estimate_run(now, model, size, ranks_.size()).first_memory.total() - 1,
        run_.model.device().is_cuda(), ranks_.size());
    return needs_less_with(
        fitting ? changed_settings(run_.config, *fitting) : std::vector<std::string>());
}

StepOutcome PassedBatches::pass_next(DataOrder& order, int step, const Use& use)
{
    const StepExamples examples = next_examples(order, run_.config);
    const auto pass = [&]() -> std::optional<StepOutcome> {
        try {
            return use(batches_of(examples, run_.task, run_.model, ranks_, parts(halved_)));
        } catch (...) {
            if (!says_out_of_memory())
                throw;
            if (!may_halve())
                throw ResourceError(failure_in_words(with_less_memory()));
            return std::nullopt;
        }
    };
    if (auto outcome = pass())
        return *std::move(outcome);
    halved_ = true;
    tuner_.set_probe({}); // the whole batches of the probe go before the halves come
    tuner_.set_calibration({});
    release_unused_memory(run_.model.device());
    restored();
    output_.add(MarkRecord{ step, std::string(memory_mark),
        "memory ran out; each batch of " + std::to_string(run_.config.batch)
            + " is passed in two halves from here on, which gives the same steps" });
    return *pass();
}

} // namespace circuitloom
