#include "core/tuning/run_checkpoints.h"

#include "core/base/error.h"
#include "core/tuning/training_state.h"

#include <algorithm>
#include <string>

namespace circuitloom {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

} // namespace

RunCheckpoints::RunCheckpoints(const PreparedRun& run, RunOutput& output)
    : run_(run)
    , output_(output)
    , untouched_(run.files, run.model)
    , kept_at_(Clock::now())
{
}

bool RunCheckpoints::is_due() const
{
    // A large model's takes long to write; then it is due less often.
    constexpr double least_share = 50;
    const double wished = run_.config.checkpoint_seconds;
    return wished > 0
        && seconds_between(kept_at_, Clock::now()) >= std::max(wished, least_share * cost_);
}

void RunCheckpoints::write(CheckpointReason reason, const RunParts& parts, int step, int iterations)
{
    if (step == latest_)
        return;
    latest_ = step;
    if (!output_.exists())
        return;
    const auto before = Clock::now();
    const RunConfig& config = run_.config;
    // No step follows the end, be it the best too.
    const bool last = reason == CheckpointReason::end
        || (reason == CheckpointReason::best && step >= config.steps);
    const bool optimizer = !last || config.checkpoint_keep_optimizer;
    TrainingState state;
    parts.tuner.save(state, optimizer ? OptimizerState::kept : OptimizerState::left_out,
        [this](std::size_t index) { return untouched_.read(index); });
    parts.order.save(state);
    parts.loop.early_stop = parts.early_stop.state();
    parts.loop.save(state);
    const PackedState packed = pack(state);
    CheckpointRecord record;
    record.step = step;
    record.iterations = iterations;
    record.reason = reason;
    record.optimizer = optimizer;
    output_.add(record, packed,
        { config.checkpoint_keep, std::int64_t{ config.checkpoint_limit_mb } << 20, !optimizer });
    kept_at_ = Clock::now();
    cost_ = seconds_between(before, kept_at_);
}

void RunCheckpoints::restore(const StoredCheckpoint& checkpoint, const RunParts& parts)
{
    restore_from(checkpoint, [&](const TrainingState& state) {
        parts.loop.restore(state);
        if (!checkpoint.record.optimizer && !parts.loop.ended
            && checkpoint.record.step < run_.config.steps)
            throw InputError("The run's last checkpoint has the weights after step "
                + std::to_string(checkpoint.record.step)
                + " without what the optimizer remembers, so no step can follow it. To go on from a "
                  "finished run, set checkpoint.keep_optimizer before it starts.");
        parts.tuner.restore(state);
        parts.order.restore(state);
        parts.early_stop.restore(parts.loop.early_stop);
    });
    latest_ = checkpoint.record.step;
}

} // namespace circuitloom
