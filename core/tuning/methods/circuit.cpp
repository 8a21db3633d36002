#include "core/tuning/methods/circuit.h"

#include "core/base/error.h"
#include "core/tuning/methods/shared_parameters.h"
#include "core/tuning/opened_parts.h"

#include <cmath>
#include <string>

namespace circuitloom {

namespace {

// Draws that share of the nodes with parameters that `circuit` leaves closed, without replacement.
std::vector<NodeId> nodes_outside(
    const ComputationalGraph& graph, const Circuit& circuit, double share, Random& random)
{
    std::vector<bool> inside(graph.nodes().size());
    for (const ScoredEdge& scored : circuit) {
        inside[static_cast<std::size_t>(graph.edge(scored.edge).source.value)] = true;
        inside[static_cast<std::size_t>(graph.edge(scored.edge).target.value)] = true;
    }
    std::vector<NodeId> outside;
    for (std::size_t i = 0; i < inside.size(); ++i)
        if (!inside[i] && graph.nodes()[i].layer >= 0)
            outside.push_back({ static_cast<std::int32_t>(i) });
    random.shuffle(outside);
    outside.resize(
        static_cast<std::size_t>(std::llround(share * static_cast<double>(outside.size()))));
    return outside;
}

} // namespace

CircuitStrategy::CircuitStrategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
    : TuningStrategy(model, graph, config)
{
    require_gradients_of_shared(model_, config_);
}

void CircuitStrategy::open(const Circuit& circuit, Random& random)
{
    OpenedParts parts = opened_parts(graph_, circuit, config_.train_layer0_qkv);
    if (config_.random_ratio > 0) {
        if (!drawn_)
            drawn_ = nodes_outside(graph_, circuit, config_.random_ratio, random);
        for (const NodeId node : *drawn_)
            open_node(parts, graph_.node(node));
    }
    mask_ = ParameterMask::of(parts, graph_, model_.config(), model_.weights());
    mask_.open(shared_parameters(config_), model_.weights());
}

void CircuitStrategy::save(TrainingState& state) const
{
    if (!drawn_)
        return;
    nlohmann::json& nodes = state.values["tuner"]["drawn"] = nlohmann::json::array();
    for (const NodeId node : *drawn_)
        nodes.push_back(node.value);
}

void CircuitStrategy::restore(const TrainingState& state, const Circuit&)
{
    drawn_.reset();
    const auto& tuner = state.value("tuner");
    if (!tuner.contains("drawn"))
        return;
    drawn_.emplace();
    for (const nlohmann::json& value : tuner.at("drawn")) {
        const NodeId node{ value.get<std::int32_t>() };
        if (node.value < 0 || node.value >= static_cast<std::int64_t>(graph_.nodes().size()))
            throw ResourceError("The checkpoint does not fit the model: there is no node "
                + std::to_string(node.value) + ".");
        drawn_->push_back(node);
    }
}

std::unique_ptr<TuningStrategy> make_circuit_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<CircuitStrategy>(model, graph, config);
}

} // namespace circuitloom
