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

[[noreturn]] void fail(const std::exception_ptr& failure, const std::string& less_memory)
{
    try {
        std::rethrow_exception(failure);
    } catch (...) {
        throw ResourceError(failure_in_words(less_memory));
    }
}

} // namespace

PassedBatches::PassedBatches(
    const PreparedRun& run, Tuner& tuner, LoopState& loop, RunOutput& output, const Ranks& ranks)
    : run_(run)
    , tuner_(tuner)
    , loop_(loop)
    , output_(output)
    , ranks_(ranks)
{
}

void PassedBatches::restored()
{
    if (!loop_.halved)
        return;
    tuner_.set_probe(probe_batches(run_.task, run_.config, run_.model, ranks_, parts(loop_.halved)));
    tuner_.set_calibration(
        calibration_batches(run_.task, run_.config, run_.model, ranks_, parts(loop_.halved)));
}

bool PassedBatches::may_halve() const
{
    return !loop_.halved && run_.config.batch > 1 && tuner_.is_whole();
}

std::string PassedBatches::with_less_memory() const
{
    const RunConfig now = loop_.halved ? in_halves(run_.config) : run_.config;
    const TaskSize size = size_of(run_.task, run_.held_out);
    const ModelConfig& model = run_.model.config();
    const auto fitting = fitting_run(now, model, size,
        estimate_run(now, model, size, ranks_.size()).first_memory.total() - 1,
        run_.model.device().is_cuda(), ranks_.size());
    return needs_less_with(
        fitting ? changed_settings(run_.config, *fitting) : std::vector<std::string>());
}

void PassedBatches::say_halved(int step, std::string_view mark, const std::string& is_passed)
{
    release_unused_memory(run_.model.device());
    output_.add(MarkRecord{ step, std::string(mark), "memory ran out; " + is_passed });
}

StepOutcome PassedBatches::pass_next(DataOrder& order, int step, const Use& use)
{
    const StepExamples examples = next_examples(order, run_.config);
    std::optional<StepOutcome> outcome;
    const auto ran_out = [&] {
        return out_of_memory_in(ranks_, [&] {
            outcome = use(batches_of(examples, run_.task, run_.model, ranks_, parts(loop_.halved)));
        });
    };
    if (const auto failure = ran_out()) {
        if (!may_halve())
            fail(failure, with_less_memory());
        loop_.halved = true;
        tuner_.set_probe({}); // the whole batches go before the halves come
        tuner_.set_calibration({});
        say_halved(step, memory_mark,
            "each batch of " + std::to_string(run_.config.batch)
                + " is passed in two halves from here on, which gives the same steps");
        restored();
        if (const auto again = ran_out())
            fail(again, with_less_memory());
    }
    return *std::move(outcome);
}

void PassedBatches::evaluate(int step, const std::function<void(int parts)>& evaluate)
{
    const auto ran_out = [&] {
        return out_of_memory_in(ranks_, [&] {
            evaluate(static_cast<int>(parts(loop_.evaluation_halved)));
            ranks_.agree();
        });
    };
    if (const auto failure = ran_out()) {
        if (loop_.evaluation_halved)
            fail(failure, run_with_less_memory);
        loop_.evaluation_halved = true;
        say_halved(step, evaluation_memory_mark,
            "the batches of evaluations are passed in two halves from here on, which gives the same "
            "results");
        if (const auto again = ran_out())
            fail(again, run_with_less_memory);
    }
}

} // namespace circuitloom
