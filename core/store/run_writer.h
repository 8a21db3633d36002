#pragma once

#include "core/store/records.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace circuitloom {

/// Writes one run to a .loom file. Belongs to the training thread; readers elsewhere see whole
/// commits only. Every call is one transaction: what it wrote survives kill -9 once it returned.
///
/// Throws ResourceError where the disk or the database refuses.
class RunWriter
{
public:
    /// Opens or creates `file` (WAL, application_id and user_version set), brings an older schema
    /// up to date, and adds the run with its catalogue of nodes and edges.
    /// Throws InputError where `file` is something else than a .loom file.
    RunWriter(const std::filesystem::path& file, const RunDescription& description);
    /// A run still open is marked stopped.
    ~RunWriter();
    RunWriter(const RunWriter&) = delete;
    RunWriter& operator=(const RunWriter&) = delete;

    RunId id() const;

    /// The iteration with its whole circuit. `iteration.edges` must equal `circuit.size()`.
    void add_iteration(const IterationRecord& iteration, const Circuit& circuit);
    void add_step(const StepRecord& step);
    void add_evaluations(const std::vector<EvaluationRecord>& evaluations);
    void add_mark(const MarkRecord& mark);
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
/// Deletes a run and what belongs to it. Throws InputError where it is running or missing.
void delete_run(const std::filesystem::path& file, RunId run);

} // namespace circuitloom
