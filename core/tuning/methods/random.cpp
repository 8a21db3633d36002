#include "core/discovery/selection.h"
#include "core/tuning/methods/circuit.h"

namespace circuitloom {

namespace {

/// A control: a random circuit of as many edges, redrawn at every discovery.
class RandomStrategy : public CircuitStrategy
{
public:
    using CircuitStrategy::CircuitStrategy;

    bool chooses_by_ranking() const override { return false; }

    bool takes_selected() const override { return false; }

    Circuit choose(
        std::span<const float> ranking, const SelectionOptions& selection, Random& random) override
    {
        return random_circuit(graph_, ranking, selection, random);
    }
};

} // namespace

std::unique_ptr<TuningStrategy> make_random_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<RandomStrategy>(model, graph, config);
}

} // namespace circuitloom
