#pragma once

#include "core/distributed/ranks.h"
#include "core/tuning/data_order.h"
#include "core/tuning/loop_state.h"
#include "core/tuning/run_output.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/tuner.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace circuitloom {

/// The kind of the mark at the first step whose batches were passed in halves.
inline constexpr std::string_view memory_mark = "memory";
/// That at the first evaluation whose batches were.
inline constexpr std::string_view evaluation_memory_mark = "evaluation-memory";

/// How the batches of a run are passed: whole until memory runs out in a step or a discovery, and in
/// halves from then on, so that a pass takes half the rows. What a step gives stays the same but for
/// rounding, as with run.batch halved and run.accumulate doubled.
///
/// A batch is halved once in a run. Memory that runs out again, in a batch of one example or within
/// an update ends the run: ResourceError then says which settings need less. Of several processes
/// all pass halves as soon as memory runs out in one of them.
///
/// What is passed to evaluate the model (held-out task, suites, the reference task) is halved for
/// itself, in the same way.
///
/// A checkpoint keeps that the batches are halved, so a run that is resumed from one goes on in
/// halves and stays the same bit for bit; resumed from an earlier one it tries them whole again.
class PassedBatches
{
public:
    using Use = std::function<StepOutcome(const BatchShare& batches)>;

    /// All must outlive it. `loop` is the run's, which checkpoints keep.
    PassedBatches(const PreparedRun& run, Tuner& tuner, LoopState& loop, RunOutput& output,
        const Ranks& ranks);

    /// Call it where the state of the loop was read from a checkpoint.
    void restored();

    /// What `use` gives for the batches of the next step. Moves `order` on. Where memory runs out for
    /// the first time, a mark at `step` says so, and `use` is called again with halves.
    StepOutcome pass_next(DataOrder& order, int step, const Use& use);

    /// Calls `evaluate` with the number of parts that it is to pass its batches in. Where memory runs
    /// out for the first time, a mark at `step` says so, and it is called again with more parts.
    void evaluate(int step, const std::function<void(int parts)>& evaluate);

    /// How many parts a batch is passed in, where it is `halved`.
    static std::size_t parts(bool halved) { return halved ? 2 : 1; }

private:
    bool may_halve() const;
    /// Gives unused memory back, and marks at `step` that what `is_passed` says is halved from here.
    void say_halved(int step, std::string_view mark, const std::string& is_passed);
    /// The settings with which the run would need less than it does now, in a sentence.
    std::string with_less_memory() const;

    const PreparedRun& run_;
    Tuner& tuner_;
    LoopState& loop_;
    RunOutput& output_;
    const Ranks& ranks_;
};

} // namespace circuitloom
