#include "core/tuning/replay.h"

#include "core/base/error.h"
#include "core/model/checkpoint.h"
#include "core/run/imported_run.h"
#include "core/run/observed_run.h"
#include "core/store/experiment_reader.h"
#include "core/tuning/data_order.h"
#include "core/tuning/passed_batches.h"
#include "core/tuning/run_preparation.h"
#include "core/tuning/step_batches.h"
#include "core/tuning/training_state.h"
#include "core/tuning/tuner.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace circuitloom {

namespace {

/// The model on its way, with what decides its next step.
struct Training
{
    Training(Transformer begun, const ComputationalGraph& graph, const RunConfig& config,
        const EncodedTask& task)
        : model(std::move(begun))
        , tuner(model, graph, config)
        , order(task.examples.size(), config.seed)
    {
    }

    /// What a step passes beside its own batches, in so many parts a batch.
    void set_parts(const EncodedTask& task, const RunConfig& config, std::size_t parts)
    {
        if (parts == parts_)
            return;
        tuner.set_probe(probe_batches(task, config, model, Ranks::none(), parts));
        tuner.set_calibration(calibration_batches(task, config, model, Ranks::none(), parts));
        parts_ = parts;
    }

    Transformer model;
    Tuner tuner; // holds the model
    DataOrder order;
    int step = 0;
    /// Of a checkpoint that lacks what the optimizer remembers come weights, but no step after them.
    bool can_step = true;

private:
    std::size_t parts_ = 0; ///< of a batch of the probe and the calibration set; 0 without them
};

Weights copy_of(Weights weights)
{
    for (auto* tensor : weights.all())
        *tensor = tensor->detach().clone();
    return weights;
}

int halved_from(const std::filesystem::path& file, RunId run)
{
    for (const MarkRecord& mark : ExperimentReader(file).marks(run))
        if (mark.kind == memory_mark)
            return mark.step;
    return std::numeric_limits<int>::max();
}

} // namespace

struct Replay::State
{
    std::filesystem::path file;
    RunId run;
    RunDescription description;
    int halved_from; ///< the first step whose batches were passed in halves
    PreparedTraining prepared;
    std::unique_ptr<Training> training;

    // Steps without a checkpoint cost more than reading one.
    std::optional<CheckpointRecord> checkpoint_before(int step) const
    {
        std::optional<CheckpointRecord> nearest;
        for (const CheckpointRecord& record : ExperimentReader(file).checkpoints(run))
            if ((record.step == step || (record.step < step && record.optimizer))
                && (!nearest || record.step > nearest->step))
                nearest = record;
        return nearest;
    }

    void begin(const std::optional<CheckpointRecord>& from)
    {
        const Transformer& untouched = prepared.model;
        training.reset(); // so that there are never two
        auto begun = std::make_unique<Training>(
            Transformer(untouched.config(), copy_of(untouched.weights())), prepared.graph,
            prepared.config, prepared.task);
        if (from) {
            restore_from(ExperimentReader(file).checkpoint(
                             run, from->id, largest_checkpoint(untouched, prepared.config)),
                [&](const TrainingState& state) {
                    begun->tuner.restore(state);
                    begun->order.restore(state);
                });
            begun->step = from->step;
            begun->can_step = from->optimizer;
        }
        training = std::move(begun);
    }
};

Replay::Replay(const std::filesystem::path& file, RunId run)
{
    RunDescription description = ExperimentReader(file).run(run).description;
    require_tuned(description);
    RunConfig config = config_of(description);
    if (model_fingerprint(open_model_files(config.model)) != description.model_fingerprint)
        throw InputError("The model " + config.model + " is not the one that run "
            + std::to_string(run.value) + " of " + file.string()
            + " began with: its files have changed.");
    state_ = std::make_unique<State>(State{ file, run, std::move(description),
        halved_from(file, run), prepare_training(config), nullptr });
    state_->prepared.config.steps = state_->description.steps;
    state_->prepared.config.resamples = 0; // they change no weight, and nobody asks for them here
}

Replay::~Replay() = default;

const RunDescription& Replay::description() const
{
    return state_->description;
}

const ModelFiles& Replay::files() const
{
    return state_->prepared.files;
}

const Transformer& Replay::untouched() const
{
    return state_->prepared.model;
}

void Replay::go_to(int step, const AfterStep& after_step)
{
    const torch::AutoGradMode with_gradients(true); // steps need them, whoever asks
    State& state = *state_;
    const auto from = state.checkpoint_before(step);
    const int checkpoint = from ? from->step : 0;
    if (!state.training || state.training->step > step || state.training->step < checkpoint
        || (state.training->step < step && !state.training->can_step))
        state.begin(from);
    // A step that throws leaves no training behind.
    auto training = std::move(state.training);
    while (training->step < step) {
        const int number = training->step + 1;
        const std::size_t parts = PassedBatches::parts(number >= state.halved_from);
        training->set_parts(state.prepared.task, state.prepared.config, parts);
        training->tuner.step(next_batches(training->order, state.prepared.task,
                                 state.prepared.config, training->model, Ranks::none(), parts),
            number);
        training->step = number;
        if (after_step) {
            state.training = std::move(training);
            after_step(number, step);
            training = std::move(state.training);
        }
    }
    state.training = std::move(training);
}

const Transformer& Replay::model() const
{
    return state_->training->model;
}

} // namespace circuitloom
