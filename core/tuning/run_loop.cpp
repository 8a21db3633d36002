#include "core/tuning/run_loop.h"

#include "core/base/error.h"
#include "core/base/measure.h"
#include "core/base/number_text.h"
#include "core/graph/entered_edges.h"
#include "core/model/device.h"
#include "core/run/held_at_once.h"
#include "core/run/run_measures.h"
#include "core/tuning/checkpoint_exchange.h"
#include "core/tuning/failure.h"
#include "core/tuning/reference_circuit.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/task_records.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace circuitloom {

RunLoop::RunLoop(PreparedRun run, RunBeginning&& beginning, const Ranks& ranks)
    : run_(std::move(run))
    , ranks_(ranks)
    , blocks_(ranks, run_.model.spread())
    , held_out_references_(run_.config.discovery.metric == MetricKind::kl
              ? metric_references(run_.model, run_.held_out.examples, evaluated_at_once, ranks)
              : std::vector<torch::Tensor>())
    , checkpoints_(run_, output_)
    , tuner_(run_.model, run_.graph, run_.config,
          probe_batches(run_.task, run_.config, run_.model, ranks), ranks)
    , order_(run_.task.examples.size(), run_.config.seed)
    , early_stop_(run_.config)
    , passed_(run_, tuner_, loop_, output_, ranks)
    , previous_(beginning.previous)
    , last_commit_(std::chrono::steady_clock::now())
    , pace_(run_.config.evaluate_every)
{
    tuner_.set_calibration(calibration_batches(run_.task, run_.config, run_.model, ranks));
    if (const auto from = of_first(ranks, std::move(beginning.from)))
        restore(*from);
    output_ = std::move(beginning.output); // until here whoever opened it can write why this failed
}

void RunLoop::restore(const StoredCheckpoint& checkpoint)
{
    checkpoints_.restore(checkpoint, parts());
    passed_.restored();
    begun_ = true;
    iterations_ = checkpoint.record.iterations;
    taken_ = checkpoint.record.step;
    tokens_ = tokens_of_steps(run_.task, run_.config, taken_);
}

void RunLoop::keep_last_step()
{
    if (ranks_.alone() || !tuner_.is_whole() || !begun_)
        return;
    try {
        if (order_before_)
            order_ = *std::exchange(order_before_, std::nullopt);
        checkpoints_.write(CheckpointReason::stop, parts(), taken_, iterations_);
    } catch (const std::exception&) {
        // The one before it is still there, and why the run failed matters more.
    }
}

RunState RunLoop::run(RunControl& control, std::stop_token stop)
{
    try {
        output_.started(device_description(run_.model.device()), run_.config.steps);
        control_ = &control;
        stop_ = std::move(stop);
        steps();
        output_.set_state(RunState::finished);
        return RunState::finished;
    } catch (const Cancelled&) {
        output_.set_state(RunState::stopped);
        return RunState::stopped;
    } catch (const ProcessLost& cause) {
        keep_last_step();
        output_.fail(cause.what());
        throw;
    } catch (...) {
        const std::string reason = failure_in_words();
        // While they are being stored, a step's figures and its circuit may be missing in the file.
        if (!is_storing_)
            keep_last_step();
        output_.fail(reason);
        throw;
    }
}

bool RunLoop::is_stop_agreed()
{
    if (ranks_.alone())
        return stop_.stop_requested();
    std::array<std::int64_t, 2> asked{ stop_.stop_requested(),
        ranks_.is_first() && checkpoints_.is_due() };
    ranks_.largest(asked);
    is_due_ = asked[1] != 0;
    return asked[0] != 0;
}

void RunLoop::hold(int step)
{
    control_->let_questions_compute();
    // Others would take a pause for a process that stands still.
    if (ranks_.alone() && control_->paused()) {
        output_.set_state(RunState::paused);
        checkpoint(CheckpointReason::pause, step);
        control_->proceed(stop_);
        output_.set_state(RunState::running);
        last_commit_ = std::chrono::steady_clock::now();
        pace_.restart(last_commit_);
    }
    if (is_stop_agreed()) {
        checkpoint(CheckpointReason::stop, step);
        throw Cancelled("The run was stopped.");
    }
}

void RunLoop::steps()
{
    if (!begun_) {
        Circuit reference;
        passed_.evaluate(0, [&](int parts) {
            reference = reference_circuit(
                run_, [this] { hold(0); }, parts);
        });
        if (!reference.empty())
            output_.set_reference(reference);
        const std::string reason = evaluate(0);
        begun_ = true;
        if (!reason.empty())
            end_early(0, reason);
    }
    if (loop_.evaluation_due)
        evaluate_and_keep(taken_);
    pace_.restart(std::chrono::steady_clock::now());
    while (!loop_.ended && taken_ < run_.config.steps) {
        hold(taken_);
        const int number = taken_ + 1;
        if (!ranks_.alone())
            order_before_ = order_;
        std::int64_t tokens = 0;
        const StepOutcome outcome
            = passed_.pass_next(order_, number, [&](const BatchShare& batches) {
                  tokens = batches.tokens;
                  return tuner_.step(batches, number);
              });
        order_before_.reset();
        taken_ = number;
        is_storing_ = true;
        if (outcome.discovery)
            commit(outcome, number - 1);
        tokens_ += tokens;
        const StepRecord step{ number, outcome.loss, outcome.metric, outcome.learning_rate };
        output_.add(step, pace_.step_done(std::chrono::steady_clock::now()));
        is_storing_ = false;
        evaluate_and_keep(number);
    }
    checkpoint(CheckpointReason::end, taken_);
    // The circuit of the model as the last update left it.
    commit(passed_.pass_next(order_, taken_ + 1,
               [this](const BatchShare& batches) { return tuner_.discover(batches); }),
        taken_);
}

void RunLoop::evaluate_and_keep(int step)
{
    const RunConfig& config = run_.config;
    is_best_ = false;
    kept_within_ = false;
    if (config.evaluate_every > 0 && (step % config.evaluate_every == 0 || step == config.steps)) {
        const std::string reason = evaluate(step);
        if (!reason.empty()) {
            end_early(step, reason);
            return;
        }
    }
    if (is_best_)
        checkpoint(CheckpointReason::best, step);
    // The last step's comes at the end.
    if (config.checkpoint_every > 0 && step % config.checkpoint_every == 0 && step < config.steps)
        checkpoint(CheckpointReason::every, step);
    // The evaluation is made now, so a new checkpoint replaces the one that still asks for it.
    if (kept_within_ && step < config.steps)
        checkpoint(CheckpointReason::pause, step);
    if ((ranks_.alone() ? checkpoints_.is_due() : is_due_) && step < config.steps)
        checkpoint(CheckpointReason::recent, step);
}

void RunLoop::end_early(int step, const std::string& reason)
{
    output_.add(MarkRecord{ step, "reached", "ended early: " + reason });
    loop_.ended = true;
}

void RunLoop::commit(const StepOutcome& outcome, int steps_taken)
{
    const auto now = std::chrono::steady_clock::now();
    const Discovery& discovery = *outcome.discovery;
    IterationRecord record;
    record.index = { iterations_ };
    record.step = steps_taken;
    record.loss = outcome.loss;
    record.metric = outcome.metric;
    record.tunable_count = discovery.tunable_count;
    record.tunable_ratio = static_cast<double>(discovery.tunable_count)
        / static_cast<double>(run_.description.parameters);
    record.edges = static_cast<int>(discovery.circuit.size());
    record.entered = entered_edges(discovery.circuit, previous_);
    record.seconds = std::chrono::duration<double>(now - last_commit_).count();
    record.tokens = tokens_;
    output_.add(record, discovery.circuit, discovery.certainty);
    ++iterations_;
    previous_ = discovery.circuit;
    last_commit_ = now;
}

std::string RunLoop::evaluate(int step)
{
    std::vector<EvaluationRecord> records;
    std::optional<TaskResult> task;
    loop_.evaluation_due = true;
    const auto before_batch = [this, step] { hold(step); };
    if (!run_.held_out.examples.empty()) {
        passed_.evaluate(step, [&](int parts) {
            task = evaluate_task(run_.model, run_.held_out.examples, evaluated_at_once,
                { .metric = run_.config.discovery.metric,
                    .references = held_out_references_,
                    .before_batch = before_batch,
                    .ranks = ranks_,
                    .parts = parts });
        });
        records = task_records(*task, run_.config.discovery.metric, step);
    }
    for (const PreparedSuite& suite : run_.suites) {
        std::vector<EvaluationRecord> of_suite;
        passed_.evaluate(step, [&](int parts) {
            of_suite = suite.evaluate(run_.model, step,
                { .before_batch = before_batch, .ranks = ranks_, .parts = parts });
        });
        records.insert(records.end(), of_suite.begin(), of_suite.end());
    }
    loop_.evaluation_due = false;
    kept_within_ = checkpoints_.latest() == step;
    if (kept_within_)
        checkpoints_.replace_latest();
    if (records.empty())
        return {};
    // Sorted as a reader of the file gets them, so that a curve has the same colour live and later.
    std::ranges::sort(records, {},
        [](const EvaluationRecord& record) { return std::pair(record.suite, record.measure); });
    output_.add(records);
    note_best(records);
    if (task)
        mark_if_reached(*task, step);
    return early_stop_.add(records);
}

void RunLoop::mark_if_reached(const TaskResult& result, int step)
{
    const bool reached = result.accuracy >= run_.config.mark_accuracy; // not where it is NaN
    if (loop_.marked || !reached)
        return;
    loop_.marked = true;
    if (step == 0) // there is nothing to reach
        return;
    output_.add(
        MarkRecord{ step, "reached", "task reaches " + percent(run_.config.mark_accuracy, 0) });
}

// Judges by the measure that ends the run early, else by the accuracy on the held-out task.
void RunLoop::note_best(const std::vector<EvaluationRecord>& records)
{
    if (!run_.config.checkpoint_keep_best)
        return;
    const std::string& by = run_.config.stop_measure;
    for (const EvaluationRecord& record : records) {
        if (record.suite + "." + record.measure != (by.empty() ? "task.accuracy" : by)
            || std::isnan(record.value))
            continue;
        is_best_
            = !loop_.best || is_better(measure_named(record.measure), record.value, *loop_.best);
        if (is_best_)
            loop_.best = record.value;
    }
}

void RunLoop::checkpoint(CheckpointReason reason, int step)
{
    // Until the first evaluation is in the file, a run that begins anew loses nothing.
    if (step == checkpoints_.latest() || !begun_)
        return;
    tuner_.require_equal_weights();
    checkpoints_.write(reason, parts(), step, iterations_);
}

} // namespace circuitloom
