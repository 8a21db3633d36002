#include "core/tuning/methods/shared_parameters.h"

namespace circuitloom {

ParameterMask::Shared shared_parameters(const RunConfig& config)
{
    return { config.train_norms, config.train_embeddings, config.train_unembedding };
}

void require_gradients_of_shared(Transformer& model, const RunConfig& config)
{
    model.set_requires_grad(false);
    ParameterMask outside_blocks;
    outside_blocks.open(shared_parameters(config), model.weights());
    for (const ParameterSlice& slice : outside_blocks.slices())
        model.weights().all()[slice.parameter]->requires_grad_();
}

} // namespace circuitloom
