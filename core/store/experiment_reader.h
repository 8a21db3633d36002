#pragma once

#include "core/base/error.h"
#include "core/formats/tensor_view.h"
#include "core/graph/supernode.h"
#include "core/store/records.h"
#include "core/store/stored_certainty.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace circuitloom {

struct StoredStudy;
struct StoredView;
struct StudyFigure;

/// A checkpoint with its content.
struct StoredCheckpoint
{
    StoredCheckpoint() = default;
    StoredCheckpoint(StoredCheckpoint&&) = default;
    StoredCheckpoint& operator=(StoredCheckpoint&&) = default;

    CheckpointRecord record;
    std::string values; ///< JSON: everything that is no tensor
    std::vector<TensorView> tensors; ///< in the order in which they were written
    std::vector<std::vector<std::byte>> bytes; ///< what `tensors` show
};

/// A read-only view of a .loom file, safe to use while another thread or process writes to it:
/// it never blocks the writer and sees only whole iterations. One instance belongs to one thread.
///
/// Every call throws ResourceError where the file is damaged or locked for longer than a second,
/// and InputError where a run or an iteration does not exist.
class ExperimentReader
{
public:
    /// Throws InputError where the file is missing, is no .loom file, or is of a newer schema.
    explicit ExperimentReader(const std::filesystem::path& file);
    ~ExperimentReader();
    ExperimentReader(ExperimentReader&&) noexcept;
    ExperimentReader& operator=(ExperimentReader&&) noexcept;

    const std::filesystem::path& file() const;

    /// Another number once somebody else has written to the file since the call before.
    std::int64_t changes() const;

    /// In the order of their creation.
    std::vector<RunSummary> runs() const;
    RunSummary run(RunId id) const;
    /// Says that the run has no such iteration, and which is its last.
    InputError no_iteration(RunId id, IterationIndex index) const;

    /// Iterations `from` and later, in order.
    std::vector<IterationRecord> iterations(RunId run, IterationIndex from = { 0 }) const;
    /// The circuit of one iteration, strongest first.
    Circuit circuit(RunId run, IterationIndex index) const;
    /// The circuits of the iterations from `from` to `to`, both included, in order.
    std::vector<Circuit> circuits(RunId run, IterationIndex from, IterationIndex to) const;
    /// Those of the iterations `from` and later that were resampled, in order.
    std::vector<IterationCertainty> certainties(RunId run, IterationIndex from = { 0 }) const;
    /// Of the edges of one iteration's circuit; empty where it was not resampled or is not there.
    CertainEdges edge_certainties(RunId run, IterationIndex index) const;
    /// The iterations whose circuit has `edge`, in order.
    std::vector<EdgeHistoryPoint> edge_history(RunId run, EdgeId edge) const;
    /// The circuit of the opposite task before the first update, strongest first; empty where the
    /// run scored none.
    Circuit reference_circuit(RunId run) const;
    /// Steps after `after_step`, in order.
    std::vector<StepRecord> steps(RunId run, int after_step = 0) const;
    /// Evaluations in the order of step, then suite. `after_step` -1 gives all.
    std::vector<EvaluationRecord> evaluations(RunId run, int after_step = -1) const;
    std::vector<MarkRecord> marks(RunId run) const;
    /// In the order of their step.
    std::vector<CheckpointRecord> checkpoints(RunId run) const;
    /// Compressed tensors may take `beyond` bytes of memory more than the file's size justifies:
    /// whoever has the model knows how large its checkpoints are. Throws InputError where the run
    /// has no such checkpoint.
    StoredCheckpoint checkpoint(RunId run, std::int64_t id, std::size_t beyond = 0) const;
    /// In the order of their iterations; see bookmarks.h for writing them.
    std::vector<Bookmark> bookmarks(RunId run) const;
    /// In the order in which they were saved; see stored_supernodes.h.
    std::vector<Supernode> supernodes() const;
    /// How the file was looked at when it was left; nothing where that was not stored. See
    /// stored_view.h.
    std::optional<StoredView> view() const;
    /// What was asked of a run, or of its models with another's circuits, in the order in which it was
    /// begun; see stored_studies.h.
    std::vector<StoredStudy> studies(RunId run) const;
    /// The figures of one of them that are there so far.
    std::vector<StudyFigure> study_figures(std::int64_t study) const;

private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

} // namespace circuitloom
