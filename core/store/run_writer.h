#pragma once

#include "core/formats/tensor_view.h"
#include "core/graph/certainty.h"
#include "core/store/records.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace circuitloom {

/// Writes one run to a .loom file. Belongs to the training thread; readers elsewhere see whole
/// commits only. Every call is one transaction: what it wrote survives kill -9 once it returned.
///
/// Throws ResourceError where the disk or the database refuses. Where the file was deleted or
/// replaced meanwhile, the next call saves all that it held under another name and says so.
class RunWriter
{
public:
    /// Opens or creates `file` (WAL, application_id and user_version set), brings an older schema
    /// up to date, and adds the run with its catalogue of nodes and edges.
    /// Throws InputError where `file` is something else than a .loom file.
    RunWriter(const std::filesystem::path& file, const RunDescription& description);
    /// Goes on with a run of `file` from one of its checkpoints, or from its beginning where there
    /// is none: what the run stored after it goes, in the transaction that marks it running, so
    /// that nothing is there twice. What the user wrote stays.
    /// Throws InputError where the run is missing or held by a living process.
    RunWriter(
        const std::filesystem::path& file, RunId run, const std::optional<CheckpointRecord>& from);
    /// A run still open is marked stopped.
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    RunId id() const;

    /// The iteration with its whole circuit. `iteration.edges` must equal `circuit.size()`, and
    /// `certainty`, where given, has as many edges, in the circuit's order.
    void add_iteration(const IterationRecord& iteration, const Circuit& circuit,
        const std::optional<ScoreCertainty>& certainty = {});
    /// An iteration with all that is known of its moment, in one transaction: steps before it, what
    /// was evaluated, and a mark. Requires what add_iteration() does.
    void add_observation(const IterationRecord& iteration, const Circuit& circuit,
        std::span<const StepRecord> steps, std::span<const EvaluationRecord> evaluations,
        const MarkRecord& mark);
    /// The circuit of the opposite task, scored before the first update; replaces an earlier one.
    void set_reference(const Circuit& circuit);
    void add_step(const StepRecord& step);
    void add_evaluations(const std::vector<EvaluationRecord>& evaluations);
    void add_mark(const MarkRecord& mark);
    /// `tensors` are plain numbers in the usual order; `values` is JSON. Of `what`, id, bytes and
    /// created are found here. Older checkpoints go by `policy`, in the same transaction.
    void add_checkpoint(const CheckpointRecord& what, const std::string& values,
        std::span<const TensorView> tensors, const CheckpointPolicy& policy);
    void set_state(RunState state, const std::string& message = {});

private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

/// Creates an empty .loom file. Throws InputError where something is there already.
void create_experiment(const std::filesystem::path& file);
/// Copies a .loom file, open or not, into a new one (SQLite's online backup).
/// Throws InputError where `to` exists and `overwrite` is false.
void copy_experiment(
    const std::filesystem::path& from, const std::filesystem::path& to, bool overwrite);
/// Both throw InputError where there is no such run.
void rename_run(const std::filesystem::path& file, RunId run, const std::string& name);
void set_run_notes(const std::filesystem::path& file, RunId run, const std::string& text);
/// Deletes a run and what belongs to it. Throws InputError where it is running or missing.
void delete_run(const std::filesystem::path& file, RunId run);

} // namespace circuitloom
