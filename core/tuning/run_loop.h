#pragma once

#include "core/distributed/ranks.h"
#include "core/evaluation/task_evaluation.h"
#include "core/run/engine.h"
#include "core/run/step_pace.h"
#include "core/tuning/block_supply.h"
#include "core/tuning/data_order.h"
#include "core/tuning/early_stop.h"
#include "core/tuning/loop_state.h"
#include "core/tuning/passed_batches.h"
#include "core/tuning/run_beginning.h"
#include "core/tuning/run_checkpoints.h"
#include "core/tuning/tuner.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace circuitloom {

/// One run from its first step to its last: data order, discovery, updates, evaluations, and every
/// iteration committed to the file as it happens.
///
/// Several processes tune one model together by a loop each, from the same configuration. All go
/// the same way, since what decides it is the same in all or said by the first; that one alone
/// knows the file. A stop asked of any of them stops all. Where one fails or is lost, the others
/// end too, and the first leaves a checkpoint of the last whole step.
class RunLoop
{
public:
    /// `ranks` must outlive the loop, and have begun where it is not alone; there only the first
    /// process's `beginning` has an output. Where this throws, that is still the caller's, who can
    /// write there why.
    explicit RunLoop(
        PreparedRun run, RunBeginning&& beginning = {}, const Ranks& ranks = Ranks::none());
    RunLoop(const RunLoop&) = delete;
    RunLoop& operator=(const RunLoop&) = delete;

    /// Throws what went wrong, after the run's row in the file says so.
    RunState run(RunControl& control, std::stop_token stop);

    /// Of the first process's run.
    RunId id() const { return output_.id(); }
    /// The model as it is after steps_taken(). For the run's thread, and for another one while a
    /// question has its turn (see TurnTaking).
    const Transformer& model() const { return run_.model; }
    int steps_taken() const { return taken_; }

private:
    void steps();
    /// Waits while paused. Throws Cancelled where the run is to stop here, after `step` steps and
    /// with a checkpoint of them.
    void hold(int step);
    /// The reason to end the run here; empty where there is none. Holds between batches; a
    /// checkpoint from within says that the evaluation is still to be made.
    std::string evaluate(int step);
    void evaluate_and_keep(int step);
    /// The steps end here, with a mark that says why.
    void end_early(int step, const std::string& reason);
    void note_best(const std::vector<EvaluationRecord>& records);
    void mark_if_reached(const TaskResult& result, int step);
    void commit(const StepOutcome& outcome, int steps_taken);
    /// What the processes must agree on between two steps: whether any is to stop, and whether
    /// the first one finds a checkpoint due.
    bool is_stop_agreed();
    /// Writes a checkpoint of the run after `step` steps, unless there is one already; of all
    /// processes' weights, once they are seen to be the same.
    void checkpoint(CheckpointReason reason, int step);
    void restore(const StoredCheckpoint& checkpoint);
    /// Where another process is lost, or this one failed, the last whole step is still here: keeps
    /// it.
    void keep_last_step();
    RunParts parts() { return { tuner_, order_, early_stop_, loop_ }; }

    PreparedRun run_;
    const Ranks& ranks_;
    BlockSupply blocks_;
    RunOutput output_;
    /// The untouched model's metric_references() of the held-out task; empty unless the run's
    /// metric is kl.
    std::vector<torch::Tensor> held_out_references_;
    RunCheckpoints checkpoints_;
    Tuner tuner_;
    DataOrder order_;
    EarlyStop early_stop_;
    LoopState loop_; ///< without what early_stop_ holds until a checkpoint
    PassedBatches passed_;
    Circuit previous_;
    int taken_ = 0; ///< steps
    std::int64_t tokens_ = 0; ///< that these were trained on
    RunControl* control_ = nullptr; ///< run()'s, as the token
    std::stop_token stop_;
    bool begun_ = false; ///< the evaluation before the first step is in the file
    bool kept_within_ = false; ///< there is a checkpoint from within that evaluation
    bool is_best_ = false; ///< the last evaluation was the best
    bool is_storing_ = false; ///< a step has been taken of which the file may not have all yet
    bool is_due_ = false; ///< a checkpoint, as the first of several processes finds
    std::optional<DataOrder> order_before_; ///< the step under way, of several processes
    int iterations_ = 0;
    std::chrono::steady_clock::time_point last_commit_;
    StepPace pace_;
};

} // namespace circuitloom
