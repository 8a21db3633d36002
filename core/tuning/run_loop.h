#pragma once

#include "core/distributed/ranks.h"
#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/run/engine.h"
#include "core/run/step_pace.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/data_order.h"
#include "core/tuning/early_stop.h"
#include "core/tuning/loop_state.h"
#include "core/tuning/run_output.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/tuner.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
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
    /// A new run of `file`. `ranks` must outlive the loop, and have begun where it is not alone.
    RunLoop(PreparedRun run, const std::filesystem::path& file, RunObserver& observer,
        const Ranks& ranks = Ranks::none());
    /// Goes on with a run of `file` from its latest checkpoint, or from its beginning. Throws
    /// InputError where the run is held by a living process.
    RunLoop(PreparedRun run, const std::filesystem::path& file, RunId id, RunObserver& observer,
        const Ranks& ranks = Ranks::none());
    /// Takes part in the run of the first process, whether it is new or goes on.
    RunLoop(PreparedRun run, const Ranks& ranks);

    /// Throws what went wrong, after the run's row in the file says so.
    RunState run(RunControl& control, std::stop_token stop);

    /// Of the first process's run.
    RunId id() const { return output_.id(); }
    /// The model as it is after steps_taken(). For the run's thread, and for another one while a
    /// question has its turn (see TurnTaking).
    const Transformer& model() const { return run_.model; }
    int steps_taken() const { return taken_; }

private:
    /// What a run begins with, the same in all processes but for the output and what that needs.
    struct Beginning
    {
        RunOutput output;
        std::optional<StoredCheckpoint> from;
        Circuit previous; ///< of the iteration before the next one
    };
    static Beginning resumed(const PreparedRun& run, const std::filesystem::path& file, RunId id,
        RunObserver& observer, const Ranks& ranks);
    /// `run` is moved from only once the other arguments are there.
    RunLoop(PreparedRun&& run, Beginning beginning, const Ranks& ranks);

    void steps();
    /// Waits while paused. Throws Cancelled where the run is to stop here, after `step` steps and
    /// with a checkpoint of them.
    void hold(int step);
    /// The reason to end the run here; empty where there is none. Holds between batches; a
    /// checkpoint from within says that the evaluation is still to be made.
    std::string evaluate(int step);
    void evaluate_and_keep(int step);
    /// The untouched model's metric_references() of the held-out task; empty unless the run's
    /// metric is kl.
    static std::vector<torch::Tensor> held_out_references(
        const PreparedRun& run, const Ranks& ranks);
    void add_task(const TaskResult& task, int step, std::vector<EvaluationRecord>& records) const;
    void note_best(const std::vector<EvaluationRecord>& records);
    void mark_if_reached(const TaskResult& result, int step);
    void commit(const StepOutcome& outcome, int steps_taken);
    void mark(const MarkRecord& mark);
    /// Whether the latest checkpoint is so old that a new one is due by time.
    bool is_checkpoint_due() const;
    /// What the processes must agree on between two steps: whether any is to stop, and whether
    /// the first one finds a checkpoint due.
    bool is_stop_agreed();
    /// Writes a checkpoint of the run after `step` steps, unless there is one already.
    void checkpoint(CheckpointReason reason, int step);
    void write_checkpoint(CheckpointReason reason, int step);
    void restore(const StoredCheckpoint& checkpoint);
    void fail(const std::string& reason);
    /// Where another process is to blame, the last whole step is still here: keeps it.
    void keep_last_step();

    PreparedRun run_;
    const Ranks& ranks_;
    RunOutput output_;
    std::vector<torch::Tensor> held_out_references_;
    WeightReader untouched_;
    Tuner tuner_;
    DataOrder order_;
    EarlyStop early_stop_;
    LoopState loop_; ///< without what early_stop_ holds until a checkpoint
    Circuit previous_;
    int taken_ = 0; ///< steps
    std::int64_t tokens_ = 0; ///< that these were trained on
    RunControl* control_ = nullptr; ///< run()'s, as the token
    std::stop_token stop_;
    bool begun_ = false; ///< the evaluation before the first step is in the file
    bool kept_within_ = false; ///< there is a checkpoint from within that evaluation
    int last_checkpoint_ = -1; ///< its step
    bool is_best_ = false; ///< the last evaluation was the best
    bool is_due_ = false; ///< a checkpoint, as the first of several processes finds
    std::optional<DataOrder> order_before_; ///< the step under way, of several processes
    int iterations_ = 0;
    std::chrono::steady_clock::time_point last_commit_;
    StepPace pace_;
    std::chrono::steady_clock::time_point kept_at_; ///< when the latest checkpoint was written
    double checkpoint_cost_ = 0; ///< seconds that writing it took
};

} // namespace circuitloom
