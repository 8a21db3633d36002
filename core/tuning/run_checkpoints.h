#pragma once

#include "core/model/checkpoint.h"
#include "core/tuning/data_order.h"
#include "core/tuning/early_stop.h"
#include "core/tuning/loop_state.h"
#include "core/tuning/run_output.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/tuner.h"

#include <chrono>

namespace circuitloom {

/// What a run consists of between two steps, and a checkpoint keeps of it.
struct RunParts
{
    Tuner& tuner;
    DataOrder& order;
    EarlyStop& early_stop;
    LoopState& loop;
};

/// The checkpoints of one run: when the next one is due, writing and reading. A process without an
/// output writes nothing, but knows of the same ones.
class RunCheckpoints
{
public:
    /// Made before the model changes. All must outlive it.
    RunCheckpoints(const PreparedRun& run, RunOutput& output);

    /// After how many steps the latest one is; −1 where there is none, or a new one is to replace it.
    int latest() const { return latest_; }
    void replace_latest() { latest_ = -1; }
    /// Whether the latest one is so old that a new one is due by time.
    bool is_due() const;

    /// Of the run after `step` steps and `iterations` circuits, unless the latest is of that step.
    void write(CheckpointReason reason, const RunParts& parts, int step, int iterations);
    /// Puts the run's parts back. Throws InputError where no step can follow the checkpoint,
    /// ResourceError where it does not fit or is damaged.
    void restore(const StoredCheckpoint& checkpoint, const RunParts& parts);

private:
    const PreparedRun& run_;
    RunOutput& output_;
    WeightReader untouched_;
    int latest_ = -1;
    std::chrono::steady_clock::time_point kept_at_; ///< when the latest one was written
    double cost_ = 0; ///< seconds that writing it took
};

} // namespace circuitloom
