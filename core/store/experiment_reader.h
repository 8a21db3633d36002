#pragma once

#include "core/store/records.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace circuitloom {

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

    /// In the order of their creation.
    std::vector<RunSummary> runs() const;
    RunSummary run(RunId id) const;

    /// Iterations `from` and later, in order.
    std::vector<IterationRecord> iterations(RunId run, IterationIndex from = { 0 }) const;
    /// The circuit of one iteration, strongest first.
    Circuit circuit(RunId run, IterationIndex index) const;
    /// Steps after `after_step`, in order.
    std::vector<StepRecord> steps(RunId run, int after_step = 0) const;
    /// Evaluations in the order of step, then suite. `after_step` -1 gives all.
    std::vector<EvaluationRecord> evaluations(RunId run, int after_step = -1) const;
    std::vector<MarkRecord> marks(RunId run) const;

private:
    struct Connection;
    std::unique_ptr<Connection> connection_;
};

} // namespace circuitloom
