#pragma once

#include "core/tuning/methods/tuning_strategy.h"

#include <optional>

namespace circuitloom {

/// Opens what the edges of each circuit open (algorithm.md, section 4), what `random_ratio` draws
/// beside the first one, and the shared parameters that the configuration names. Methods that
/// train a circuit but choose it otherwise derive from it.
class CircuitStrategy : public TuningStrategy
{
public:
    CircuitStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config);

    void open(const Circuit& circuit, Random& random) override;
    void save(TrainingState& state) const override;
    void restore(const TrainingState& state, const Circuit& circuit) override;

private:
    /// The nodes that random_ratio opens beside the circuits, once they are drawn.
    std::optional<std::vector<NodeId>> drawn_;
};

} // namespace circuitloom
