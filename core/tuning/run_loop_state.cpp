#include "core/tuning/run_loop.h"

#include "core/base/error.h"
#include "core/base/measure.h"
#include "core/tuning/failure.h"

#include <cmath>
#include <utility>

namespace circuitloom {

namespace {

std::optional<StoredCheckpoint> latest_checkpoint(const std::filesystem::path& file, RunId id)
{
    const ExperimentReader reader(file);
    const auto checkpoints = reader.checkpoints(id);
    if (checkpoints.empty())
        return std::nullopt;
    return reader.checkpoint(id, checkpoints.back().id);
}

} // namespace

RunLoop::RunLoop(
    PreparedRun run, const std::filesystem::path& file, RunId id, RunObserver& observer)
    : RunLoop(std::move(run), file, id, latest_checkpoint(file, id), observer)
{
}

RunLoop::RunLoop(PreparedRun run, const std::filesystem::path& file, RunId id,
    const std::optional<StoredCheckpoint>& from, RunObserver& observer)
    : run_(std::move(run))
    , writer_(file, id, from ? std::optional(from->record) : std::nullopt)
    , observer_(observer)
    , held_out_references_(held_out_references(run_))
    , tuner_(run_.model, run_.graph, run_.config)
    , order_(run_.task.examples.size(), run_.config.seed)
    , early_stop_(run_.config)
    , last_commit_(std::chrono::steady_clock::now())
{
    try {
        if (from)
            restore(*from);
        if (iterations_ > 0)
            previous_ = ExperimentReader(file).circuit(id, { iterations_ - 1 });
    } catch (...) {
        fail(failure_in_words());
        throw;
    }
}

void RunLoop::restore(const StoredCheckpoint& checkpoint)
try {
    const TrainingState state = unpack(checkpoint);
    tuner_.restore(state);
    order_.restore(state);
    const auto& loop = state.value("loop");
    marked_ = loop.at("marked").get<bool>();
    ended_ = loop.at("ended").get<bool>();
    evaluation_due_ = loop.value("evaluation_due", false); // older ones have no such
    EarlyStop::State early;
    early.without_better = loop.at("without_better").get<int>();
    if (loop.contains("stop_best"))
        early.best = loop.at("stop_best").get<double>();
    early_stop_.restore(early);
    if (loop.contains("best"))
        best_ = loop.at("best").get<double>();
    begun_ = true;
    iterations_ = checkpoint.record.iterations;
    last_checkpoint_ = checkpoint.record.step;
    first_step_ = checkpoint.record.step + 1;
    taken_ = checkpoint.record.step;
} catch (const nlohmann::json::exception& cause) {
    throw ResourceError(std::string("The checkpoint is damaged: ") + cause.what());
}

void RunLoop::checkpoint(CheckpointReason reason, int step)
{
    // Before the first evaluation is in the file, beginning anew is as good.
    if (step == last_checkpoint_ || !begun_)
        return;
    TrainingState state;
    tuner_.save(state);
    order_.save(state);
    const EarlyStop::State& early = early_stop_.state();
    nlohmann::json& loop = state.values["loop"] = { { "marked", marked_ }, { "ended", ended_ },
        { "without_better", early.without_better }, { "evaluation_due", evaluation_due_ } };
    // An infinite one is as good as none, and JSON has no word for it.
    if (best_ && std::isfinite(*best_))
        loop["best"] = *best_;
    if (early.best && std::isfinite(*early.best))
        loop["stop_best"] = *early.best;
    const PackedState packed = pack(state);
    CheckpointRecord record;
    record.step = step;
    record.iterations = iterations_;
    record.reason = reason;
    writer_.add_checkpoint(record, packed.values, packed.tensors,
        { run_.config.checkpoint_keep, std::int64_t{ run_.config.checkpoint_limit_mb } << 20 });
    last_checkpoint_ = step;
}

// By the measure that ends the run early, else the accuracy on the held-out task.
void RunLoop::note_best(const std::vector<EvaluationRecord>& records)
{
    if (!run_.config.checkpoint_keep_best)
        return;
    const std::string& by = run_.config.stop_measure;
    for (const EvaluationRecord& record : records) {
        if (record.suite + "." + record.measure != (by.empty() ? "task.accuracy" : by)
            || std::isnan(record.value))
            continue;
        is_best_ = !best_ || is_better(measure_named(record.measure), record.value, *best_);
        if (is_best_)
            best_ = record.value;
    }
}

} // namespace circuitloom
