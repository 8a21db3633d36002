#include "core/tuning/part_drift.h"

#include "core/tuning/parameter_mask.h"

#include <cstddef>
#include <span>

namespace circuitloom {

namespace {

using Kind = ParameterPart::Kind;

torch::Tensor plain(const torch::Tensor& tensor)
{
    return tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
}

std::span<const float> entries(const torch::Tensor& plain)
{
    return { plain.data_ptr<float>(), static_cast<std::size_t>(plain.numel()) };
}

/// What `part` opens for training, of parts that a node has alone.
OpenedParts opened_by(const ParameterPart& part, const ComputationalGraph& graph)
{
    OpenedParts opened = nothing_opened(graph);
    for (const NodeId node : nodes_with(graph, part))
        open_node(opened, graph.node(node));
    return opened;
}

/// Biases that open with any of several nodes, and so are no node's alone.
bool is_shared(LayerPart part, const ComputationalGraph& graph)
{
    return part == LayerPart::output_bias
        || (part == LayerPart::mlp_out_bias && graph.groups_per_mlp() > 1);
}

/// The tensors of a layer that belong to no node alone, or those at an end of the model; empty for
/// parts of nodes.
std::vector<const torch::Tensor*> whole_tensors(
    const ParameterPart& part, const ComputationalGraph& graph, const Weights& weights)
{
    using enum LayerPart;
    switch (part.kind) {
    case Kind::embedding:
        return { &weights.token_embedding, &weights.position_embedding };
    case Kind::unembedding:
        return { &weights.final_norm_weight, &weights.final_norm_bias, &weights.unembedding,
            &weights.unembedding_bias };
    case Kind::shared:
        break;
    default:
        return {};
    }
    std::vector<const torch::Tensor*> tensors;
    for (std::size_t i = 0; i < layer_part_count; ++i) {
        const auto which = static_cast<LayerPart>(i);
        const bool of_nodes = which == qkv_weight || which == qkv_bias || which == output_weight
            || which == mlp_in_weight || which == mlp_in_bias || which == mlp_out_weight
            || (which == mlp_out_bias && !is_shared(which, graph));
        if (!of_nodes)
            tensors.push_back(&weights.at(part.layer, which));
    }
    return tensors;
}

} // namespace

void add_tensor(ParameterDrift& drift, const torch::Tensor& before, const torch::Tensor& after)
{
    const auto from = plain(before);
    const auto to = plain(after);
    drift.add(entries(from), entries(to));
}

std::vector<PartDrift> part_drift(
    const ComputationalGraph& graph, const Transformer& before, const Transformer& after)
{
    // One of kind `paper` lacks nodes whose parameters are looked at all the same.
    const ComputationalGraph full(
        graph.shape(), { GraphKind::full, graph.options().mlp_group_size });
    const auto from = before.weights().all();
    const auto to = after.weights().all();
    std::vector<PartDrift> found;
    for (const ParameterPart& part : parameter_parts(full)) {
        PartDrift one{ part, {} };
        const auto tensors = whole_tensors(part, full, before.weights());
        const auto same_after = whole_tensors(part, full, after.weights());
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (tensors[i]->defined())
                add_tensor(one.drift, *tensors[i], *same_after[i]);
        if (tensors.empty()) {
            const ParameterMask mask = ParameterMask::of(
                opened_by(part, full), full, before.config(), before.weights());
            for (const ParameterSlice& slice : mask.slices()) {
                if (is_shared(slice.place.part, full))
                    continue;
                const auto cut = [&slice](const torch::Tensor& tensor) {
                    return tensor.narrow(slice.dimension, slice.start, slice.length);
                };
                add_tensor(one.drift, cut(*from[slice.parameter]), cut(*to[slice.parameter]));
            }
        }
        found.push_back(std::move(one));
    }
    return found;
}

} // namespace circuitloom
