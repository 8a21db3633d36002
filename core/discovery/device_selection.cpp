#include "core/discovery/device_selection.h"

#include "core/discovery/selection.h"
#include "core/graph/edge_order.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace circuitloom {

namespace {

constexpr std::int64_t edges_at_once = std::int64_t{ 1 } << 22;
constexpr std::int64_t low_bits = (std::int64_t{ 1 } << 32) - 1;

// Numbers, no two alike, that order edges by strength and then by edge number, the lower one first: the
// strength's bits, made to order as whole numbers do, above those of the number.
torch::Tensor rank_keys(const torch::Tensor& scores, std::int64_t first, bool by_signed_score)
{
    // Adding 0 makes −0 the same as 0.
    const auto strength = (by_signed_score ? scores + 0.0 : scores.abs()).contiguous();
    auto bits = strength.view(torch::kInt32);
    if (by_signed_score)
        bits = torch::where(bits.lt(0), bits.bitwise_xor(0x7fffffff), bits);
    const auto number = torch::arange(
        first, first + scores.size(0), scores.options().dtype(torch::kInt64));
    return bits.to(torch::kInt64).mul_(low_bits + 1).add_(low_bits).sub_(number);
}

torch::Tensor largest(const torch::Tensor& keys, std::int64_t n)
{
    return std::get<0>(keys.topk(std::min(n, keys.size(0)), 0, true, /*sorted=*/false));
}

} // namespace

bool selects_on_device(const SelectionOptions& options)
{
    return options.rule == SelectionRule::top_n && options.cross_layer && !options.prune_dead;
}

StrongestEdges strongest_on_device(const torch::Tensor& scores, int n, bool by_signed_score)
{
    const torch::NoGradGuard no_grad;
    const std::int64_t count = scores.size(0);
    std::vector<torch::Tensor> keys;
    if (count == 0)
        keys.push_back(torch::empty({ 0 }, scores.options().dtype(torch::kInt64)));
    for (std::int64_t first = 0; first < count; first += edges_at_once)
        keys.push_back(largest(rank_keys(scores.narrow(0, first, std::min(edges_at_once, count - first)),
                                   first, by_signed_score),
            n));
    const auto chosen = keys.size() == 1 ? keys.front() : largest(torch::cat(keys), n);
    StrongestEdges found;
    found.edge = low_bits - chosen.bitwise_and(low_bits);
    found.score = scores.index_select(0, found.edge);
    found.finite = torch::isfinite(scores).all();
    return found;
}

Circuit circuit_of(const StrongestEdges& on_cpu)
{
    if (!*on_cpu.finite.data_ptr<bool>())
        refuse_scores();
    const auto* edge = on_cpu.edge.data_ptr<std::int64_t>();
    const auto* score = on_cpu.score.data_ptr<float>();
    Circuit circuit;
    for (std::int64_t i = 0; i < on_cpu.edge.numel(); ++i)
        circuit.push_back({ { static_cast<std::int32_t>(edge[i]) }, score[i] });
    return strongest_first(std::move(circuit));
}

} // namespace circuitloom
