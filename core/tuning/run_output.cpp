#include "core/tuning/run_output.h"

#include "core/base/error.h"

namespace circuitloom {

RunOutput::RunOutput(
    const std::filesystem::path& file, const RunDescription& description, RunObserver& observer)
    : writer_(std::make_unique<RunWriter>(file, description))
    , observer_(&observer)
{
}

RunOutput::RunOutput(const std::filesystem::path& file, RunId id,
    const std::optional<CheckpointRecord>& from, RunObserver& observer)
    : writer_(std::make_unique<RunWriter>(file, id, from))
    , observer_(&observer)
{
}

void RunOutput::started(const std::string& device, int steps)
{
    if (writer_)
        observer_->started(writer_->id(), device, steps);
}

void RunOutput::set_state(RunState state, const std::string& message)
{
    if (writer_)
        writer_->set_state(state, message);
}

void RunOutput::fail(const std::string& reason)
{
    try {
        set_state(RunState::failed, reason);
    } catch (const Error&) {
        // What ended the run is told anyhow; readers find it interrupted.
    }
}

void RunOutput::set_reference(const Circuit& circuit)
{
    if (writer_)
        writer_->set_reference(circuit);
}

void RunOutput::add(const StepRecord& step, double steps_per_second)
{
    if (!writer_)
        return;
    writer_->add_step(step);
    observer_->step_done(step, steps_per_second);
}

void RunOutput::add(const IterationRecord& iteration, const Circuit& circuit,
    const std::optional<ScoreCertainty>& certainty)
{
    if (!writer_)
        return;
    writer_->add_iteration(iteration, circuit, certainty);
    observer_->iteration_committed(iteration);
}

void RunOutput::add(const std::vector<EvaluationRecord>& evaluations)
{
    if (!writer_)
        return;
    writer_->add_evaluations(evaluations);
    observer_->evaluated(evaluations);
}

void RunOutput::add(const MarkRecord& mark)
{
    if (!writer_)
        return;
    writer_->add_mark(mark);
    observer_->marked(mark);
}

void RunOutput::add(
    const CheckpointRecord& checkpoint, const PackedState& state, const CheckpointPolicy& policy)
{
    if (writer_)
        writer_->add_checkpoint(checkpoint, state.values, state.tensors, policy);
}

} // namespace circuitloom
