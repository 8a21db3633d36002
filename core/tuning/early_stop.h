#pragma once

#include "core/run/run_config.h"
#include "core/store/records.h"

#include <optional>
#include <string>
#include <vector>

namespace circuitloom {

/// Whether the evaluations so far end a run before its last step (RunConfig::stop_measure).
class EarlyStop
{
public:
    explicit EarlyStop(const RunConfig& config);

    /// Takes what was evaluated at one step, the one before the first among them. Returns why the
    /// run ends now, as in "task.accuracy reached 0.95"; empty where it goes on.
    std::string add(const std::vector<EvaluationRecord>& records);

    /// The part of it that a checkpoint must hold.
    struct State
    {
        std::optional<double> best;
        int without_better = 0; ///< evaluations
        bool operator==(const State&) const = default;
    };
    const State& state() const { return state_; }
    void restore(const State& state) { state_ = state; }

private:
    std::string measure_;
    double reach_;
    int patience_;
    State state_;
};

} // namespace circuitloom
