#include "core/base/error.h"
#include "core/tuning/methods/tuning_strategy.h"

#include <algorithm>
#include <string>

namespace circuitloom {

namespace {

/// Every bias of the model trains, those of its norms among them, whatever the circuit is.
class BiasStrategy : public TuningStrategy
{
public:
    BiasStrategy(Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
        : TuningStrategy(model, graph, config)
    {
        using enum LayerPart;
        model_.set_requires_grad(false);
        Weights& weights = model_.weights();
        const auto all = weights.all();
        std::vector<ParameterSlice> slices;
        const auto add = [&](torch::Tensor& bias, const ParameterPlace& place) {
            if (!bias.defined())
                return;
            const auto found = std::ranges::find(all, &bias);
            slices.push_back({ static_cast<std::size_t>(found - all.begin()), place, 0, 0,
                bias.size(0), {} });
            // Those of matrices have their gradients from the taps.
            if (place.layer < 0)
                bias.requires_grad_();
        };
        for (int layer = 0; layer < model_.config().layers; ++layer) {
            for (const auto part : { qkv_bias, output_bias, mlp_in_bias, mlp_out_bias })
                add(weights.at(layer, part), { layer, part });
            for (const auto part : { attention_norm_bias, mlp_norm_bias })
                add(weights.at(layer, part), {});
        }
        add(weights.final_norm_bias, {});
        add(weights.unembedding_bias, {});
        if (slices.empty())
            throw InputError("circuit.method = \"bitfit\" trains biases alone, and the model "
                + config.model + " has none; choose another circuit.method, such as random-entries.");
        mask_ = ParameterMask(std::move(slices));
    }
};

} // namespace

std::unique_ptr<TuningStrategy> make_bitfit_strategy(
    Transformer& model, const ComputationalGraph& graph, const RunConfig& config)
{
    return std::make_unique<BiasStrategy>(model, graph, config);
}

} // namespace circuitloom
