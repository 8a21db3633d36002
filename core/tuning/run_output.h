#pragma once

#include "core/run/engine.h"
#include "core/store/run_writer.h"
#include "core/tuning/training_state.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace circuitloom {

/// Where what a run gives goes: into its file first, then to whoever watches. Of several processes
/// only the first one has an output; in the others every call does nothing. Throws as RunWriter.
class RunOutput
{
public:
    /// No output.
    RunOutput() = default;
    /// A new run of `file`.
    RunOutput(const std::filesystem::path& file, const RunDescription& description,
        RunObserver& observer);
    /// A run of `file` that goes on, as RunWriter does.
    RunOutput(const std::filesystem::path& file, RunId id,
        const std::optional<CheckpointRecord>& from, RunObserver& observer);

    bool exists() const { return writer_ != nullptr; }
    RunId id() const { return writer_ ? writer_->id() : RunId{}; }

    void started(const std::string& device, int steps);
    void set_state(RunState state, const std::string& message = {});
    /// The file may be what failed; the run then stays marked as running, and as nobody holds it
    /// once this process has ended, readers see an interrupted run.
    void fail(const std::string& reason);
    void set_reference(const Circuit& circuit);
    void add(const StepRecord& step, double steps_per_second);
    void add(const IterationRecord& iteration, const Circuit& circuit,
        const std::optional<ScoreCertainty>& certainty);
    void add(const std::vector<EvaluationRecord>& evaluations);
    void add(const MarkRecord& mark);
    void add(const CheckpointRecord& checkpoint, const PackedState& state,
        const CheckpointPolicy& policy);

private:
    std::unique_ptr<RunWriter> writer_;
    RunObserver* observer_ = nullptr;
};

} // namespace circuitloom
