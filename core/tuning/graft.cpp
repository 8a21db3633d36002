#include "core/tuning/graft.h"

#include "core/base/random.h"
#include "core/tuning/part_slices.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>

namespace circuitloom {

namespace {

Weights copy_of(const Weights& weights)
{
    Weights copied = weights;
    for (torch::Tensor* tensor : copied.all())
        *tensor = tensor->detach().clone();
    return copied;
}

std::map<ParameterPart, double> strengths(const ComputationalGraph& graph, const Circuit& circuit)
{
    std::map<ParameterPart, double> sums;
    for (const ScoredEdge& scored : circuit) {
        const Edge& edge = graph.edge(scored.edge);
        for (const NodeId end : { edge.source, edge.target })
            sums[part_of(graph.node(end))] += std::abs(static_cast<double>(scored.score));
    }
    return sums;
}

/// `parts` by falling `strength`; where it is equal, in their order.
std::vector<ParameterPart> by_strength(
    const std::vector<ParameterPart>& parts, const std::vector<double>& strength)
{
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{ 0 });
    std::ranges::stable_sort(
        order, std::greater{}, [&](std::size_t part) { return strength[part]; });
    std::vector<ParameterPart> ranked;
    for (const std::size_t part : order)
        ranked.push_back(parts[part]);
    return ranked;
}

/// How far each entry of one tensor moved, float64 on the CPU.
torch::Tensor distance(const torch::Tensor& from, const torch::Tensor& to)
{
    return (to.detach().to(torch::kCPU, torch::kFloat64)
        - from.detach().to(torch::kCPU, torch::kFloat64))
        .abs();
}

} // namespace

Graft::Graft(const ComputationalGraph& graph, const Transformer& start, const Transformer& end)
    : graph_(graph)
    , full_(graph.shape(), { GraphKind::full, graph.options().mlp_group_size })
    , start_(start)
    , end_(end)
{
    const auto from = start.weights().all();
    const auto to = end.weights().all();
    for (const ParameterPart& part : parameter_parts(full_)) {
        std::int64_t moved = 0;
        double squares = 0;
        for (const ParameterSlice& slice :
            slices_of(part, full_, start.config(), start.weights())) {
            const torch::Tensor before = cut(*from[slice.parameter], slice);
            const torch::Tensor after = cut(*to[slice.parameter], slice);
            moved += (before != after).sum().item<std::int64_t>();
            squares += distance(before, after).pow(2).sum().item<double>();
        }
        if (moved == 0)
            continue;
        moved_.push_back(part);
        distances_.push_back(std::sqrt(squares));
        moved_entries_ += moved;
    }
}

std::vector<ParameterPart> Graft::ranked(
    GraftRanking by, const Circuit& circuit, std::uint64_t seed) const
{
    std::vector<ParameterPart> parts = moved_;
    switch (by) {
    case GraftRanking::random: {
        Random random(seed);
        random.shuffle(parts);
        return parts;
    }
    case GraftRanking::drift:
        return by_strength(moved_, distances_);
    case GraftRanking::circuit:
        break;
    }
    const auto sums = strengths(graph_, circuit);
    std::vector<double> strength;
    for (const ParameterPart& part : moved_) {
        const auto found = sums.find(part);
        strength.push_back(found == sums.end() ? 0 : found->second);
    }
    return by_strength(moved_, strength);
}

Transformer Graft::with_parts(std::span<const ParameterPart> parts) const
{
    const torch::NoGradGuard no_grad;
    Weights weights = copy_of(start_.weights());
    const auto into = weights.all();
    const auto from = end_.weights().all();
    for (const ParameterPart& part : parts)
        for (const ParameterSlice& slice :
            slices_of(part, full_, start_.config(), start_.weights()))
            cut(*into[slice.parameter], slice).copy_(cut(*from[slice.parameter], slice));
    return { start_.config(), std::move(weights) };
}

/// For each tensor, float64: the greater, the earlier an entry is taken; 0 where it did not move.
std::vector<torch::Tensor> Graft::entry_keys(
    GraftRanking by, const Circuit& circuit, std::uint64_t seed) const
{
    const auto from = start_.weights().all();
    const auto to = end_.weights().all();
    std::vector<torch::Tensor> keys;
    double farthest = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        keys.push_back(distance(*from[i], *to[i]));
        farthest = std::max(farthest, keys.back().max().item<double>());
    }
    if (by == GraftRanking::random) {
        Random random(seed);
        for (torch::Tensor& key : keys) {
            key = key.contiguous();
            double* values = key.data_ptr<double>();
            for (std::int64_t i = 0; i < key.numel(); ++i)
                values[i] = values[i] > 0 ? 1 + random.unit() : 0;
        }
    } else if (by == GraftRanking::circuit) {
        const auto parts = ranked(by, circuit, seed);
        for (std::size_t place = 0; place < parts.size(); ++place)
            for (const ParameterSlice& slice :
                slices_of(parts[place], full_, start_.config(), start_.weights())) {
                const torch::Tensor part = cut(keys[slice.parameter], slice);
                part.copy_(torch::where(part > 0,
                    part / (2 * farthest) + static_cast<double>(parts.size() - place), part));
            }
    }
    return keys;
}

Transformer Graft::with_entries(
    std::int64_t count, GraftRanking by, const Circuit& circuit, std::uint64_t seed) const
{
    const torch::NoGradGuard no_grad;
    const std::vector<torch::Tensor> keys = entry_keys(by, circuit, seed);
    std::vector<torch::Tensor> flat;
    for (const torch::Tensor& key : keys)
        flat.push_back(key.reshape({ -1 }));
    const torch::Tensor all = torch::cat(flat);
    torch::Tensor taken = torch::zeros(all.sizes(), torch::TensorOptions(torch::kBool));
    taken.index_fill_(
        0, std::get<1>(all.sort(0, true)).narrow(0, 0, std::min(count, moved_entries_)), true);
    Weights weights = copy_of(start_.weights());
    const auto into = weights.all();
    const auto from = end_.weights().all();
    std::int64_t first = 0;
    for (std::size_t i = 0; i < into.size(); ++i) {
        const torch::Tensor mask
            = taken.narrow(0, first, into[i]->numel()).view(into[i]->sizes()).to(into[i]->device());
        *into[i] = torch::where(mask, *from[i], *into[i]);
        first += into[i]->numel();
    }
    return { start_.config(), std::move(weights) };
}

double Graft::kept(const Transformer& model) const
{
    const auto from = start_.weights().all();
    const auto to = end_.weights().all();
    const auto here = model.weights().all();
    double whole = 0;
    double kept = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        whole += distance(*from[i], *to[i]).pow(2).sum().item<double>();
        kept += distance(*from[i], *here[i]).pow(2).sum().item<double>();
    }
    return whole > 0 ? kept / whole : 0;
}

} // namespace circuitloom
