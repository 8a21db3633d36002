#include "core/tuning/run_beginning.h"

#include "core/tuning/training_state.h"

#include <utility>

namespace circuitloom {

RunBeginning new_run(
    const PreparedRun& run, const std::filesystem::path& file, RunObserver& observer)
{
    return { RunOutput(file, run.description, observer), {}, {} };
}

RunBeginning resumed_run(const PreparedRun& run, const std::filesystem::path& file, RunId id,
    RunObserver& observer)
{
    std::optional<StoredCheckpoint> from;
    Circuit previous;
    {
        const ExperimentReader reader(file);
        if (const auto checkpoints = reader.checkpoints(id); !checkpoints.empty()) {
            from = reader.checkpoint(
                id, checkpoints.back().id, largest_checkpoint(run.model, run.config));
            if (from->record.iterations > 0)
                previous = reader.circuit(id, { from->record.iterations - 1 });
        }
    }
    RunOutput output(file, id, from ? std::optional(from->record) : std::nullopt, observer);
    return { std::move(output), std::move(from), std::move(previous) };
}

} // namespace circuitloom
