#include "core/tuning/methods/circuit.h"

namespace circuitloom {

namespace {

/// The circuit of the first discovery, kept.
class FixedStrategy : public CircuitStrategy
{
public:
    using CircuitStrategy::CircuitStrategy;

    bool discovers_at(int) const override { return !chosen_; }

    bool takes_selected() const override { return false; }

    Circuit choose(
        std::span<const float> ranking, const SelectionOptions& selection, Random& random) override
    {
        if (!chosen_)
            chosen_ = CircuitStrategy::choose(ranking, selection, random);
        return *chosen_;
    }

    void save(TrainingState& state) const override
    {
        CircuitStrategy::save(state);
        state.values["tuner"]["fixed"] = chosen_.has_value();
    }

    void restore(const TrainingState& state, const Circuit& circuit) override
    {
        CircuitStrategy::restore(state, circuit);
        chosen_ = state.value("tuner").at("fixed").get<bool>() ? std::optional(circuit)
                                                               : std::nullopt;
    }

private:
    std::optional<Circuit> chosen_;
};

} // namespace

std::unique_ptr<TuningStrategy> make_fixed_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<FixedStrategy>(model, graph, config);
}

} // namespace circuitloom
