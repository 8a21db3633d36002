#include "core/tuning/tuner.h"

#include "core/base/error.h"

#include <utility>

namespace circuitloom {

void Tuner::save(TrainingState& state) const
{
    opened_->save(state);
    const auto tensors
        = lora_ ? std::as_const(*lora_).tensors() : std::as_const(model_.weights()).all();
    for (std::size_t i = 0; i < tensors.size(); ++i)
        opened_->save(state, "weights", i, *tensors[i]);
    optimizer_->save(state, *opened_);

    std::vector<std::int32_t> edges;
    for (const ScoredEdge& scored : circuit_)
        edges.push_back(scored.edge.value);
    save_numbers(state, "circuit", edges);
    save_numbers(state, "smoothing.mean", smoothing_.mean());
    save_numbers(state, "smoothing.deviation", smoothing_.deviation());
    state.values["random"] = random_.state();
    state.values["tuner"] = { { "discoveries", discoveries_ }, { "fixed", fixed_.has_value() } };
    if (drawn_) {
        nlohmann::json& nodes = state.values["tuner"]["drawn"] = nlohmann::json::array();
        for (const NodeId node : *drawn_)
            nodes.push_back(node.value);
    }
}

Circuit Tuner::saved_circuit(const TrainingState& state) const
{
    Circuit circuit;
    for (const std::int32_t edge : saved_numbers<std::int32_t>(state, "circuit")) {
        if (edge < 0 || edge >= static_cast<std::int64_t>(graph_.edges().size()))
            throw ResourceError("The checkpoint does not fit the model: there is no edge "
                + std::to_string(edge) + ".");
        circuit.push_back({ { edge }, 0 });
    }
    return circuit;
}

void Tuner::restore(const TrainingState& state)
{
    opened_->restore(state);
    const auto tensors = tuned();
    for (std::size_t i = 0; i < tensors.size(); ++i)
        opened_->restore(state, "weights", i, *tensors[i]);
    if (lora_)
        lora_->compose();
    optimizer_->restore(state, *opened_, tensors);

    const auto& tuner = state.value("tuner");
    discoveries_ = tuner.at("discoveries").get<int>();
    if (tuner.contains("drawn")) {
        drawn_.emplace();
        for (const nlohmann::json& value : tuner.at("drawn")) {
            const NodeId node{ value.get<std::int32_t>() };
            if (node.value < 0 || node.value >= static_cast<std::int64_t>(graph_.nodes().size()))
                throw ResourceError("The checkpoint does not fit the model: there is no node "
                    + std::to_string(node.value) + ".");
            drawn_->push_back(node);
        }
    }
    const Circuit circuit = saved_circuit(state);
    if (tuner.at("fixed").get<bool>())
        fixed_ = circuit;
    if (discoveries_ > 0)
        open(circuit);
    smoothing_.restore(saved_numbers<float>(state, "smoothing.mean"),
        saved_numbers<float>(state, "smoothing.deviation"));
    random_.restore(state.value("random").get<Random::State>());
}

} // namespace circuitloom
