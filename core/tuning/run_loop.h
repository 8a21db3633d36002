#pragma once

#include "core/evaluation/task_evaluation.h"
#include "core/model/checkpoint.h"
#include "core/run/engine.h"
#include "core/run/step_pace.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_writer.h"
#include "core/tuning/data_order.h"
#include "core/tuning/early_stop.h"
#include "core/tuning/loop_state.h"
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
class RunLoop
{
public:
    /// A new run of `file`.
    RunLoop(PreparedRun run, const std::filesystem::path& file, RunObserver& observer);
    /// Goes on with a run of `file` from its latest checkpoint, or from its beginning. Throws
    /// InputError where the run is held by a living process.
    RunLoop(PreparedRun run, const std::filesystem::path& file, RunId id, RunObserver& observer);

    /// Throws what went wrong, after the run's row in the file says so.
    RunState run(RunControl& control, std::stop_token stop);

    RunId id() const { return writer_.id(); }
    /// The model as it is after steps_taken(). For the run's thread, and for another one while a
    /// question has its turn (see TurnTaking).
    const Transformer& model() const { return run_.model; }
    int steps_taken() const { return taken_; }

private:
    /// `run` is moved from only once the other arguments are there.
    RunLoop(PreparedRun&& run, const std::filesystem::path& file, RunId id,
        const std::optional<StoredCheckpoint>& from, RunObserver& observer);

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
    static std::vector<torch::Tensor> held_out_references(const PreparedRun& run);
    void add_task(const TaskResult& task, int step, std::vector<EvaluationRecord>& records) const;
    void note_best(const std::vector<EvaluationRecord>& records);
    void mark_if_reached(const TaskResult& result, int step);
    void commit(const StepOutcome& outcome, int steps_taken);
    void mark(const MarkRecord& mark);
    /// Whether the latest checkpoint is so old that a new one is due by time.
    bool is_checkpoint_due() const;
    /// Writes a checkpoint of the run after `step` steps, unless there is one already.
    void checkpoint(CheckpointReason reason, int step);
    void restore(const StoredCheckpoint& checkpoint);
    void fail(const std::string& reason);

    PreparedRun run_;
    RunWriter writer_;
    RunObserver& observer_;
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
    int iterations_ = 0;
    std::chrono::steady_clock::time_point last_commit_;
    StepPace pace_;
    std::chrono::steady_clock::time_point kept_at_; ///< when the latest checkpoint was written
    double checkpoint_cost_ = 0; ///< seconds that writing it took
};

} // namespace circuitloom
