#include "core/discovery/resampling.h"

#include "core/analysis/circuit_diff.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/discovery/selection.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

/// What is held of the resamples' scores at a time.
constexpr std::int64_t piece_bytes = std::int64_t{ 64 } << 20;
constexpr double lower_percentile = 0.025;
constexpr double upper_percentile = 0.975;

// How often each resample takes each block, times what makes the weighted sum of the parts the mean
// over the examples taken. [resample, block]
torch::Tensor drawn_weights(const BlockScores& scores, const Resampling& how)
{
    Random random(how.seed);
    const std::size_t blocks = scores.examples.size();
    double all = 0;
    for (const std::int64_t examples : scores.examples)
        all += static_cast<double>(examples);
    auto weights = torch::zeros(
        { how.resamples, static_cast<std::int64_t>(blocks) }, torch::kFloat64);
    auto* row = weights.data_ptr<double>();
    for (int r = 0; r < how.resamples; ++r, row += blocks) {
        double taken = 0;
        for (std::size_t i = 0; i < blocks; ++i) {
            const std::size_t block = random.below(blocks);
            row[block] += 1;
            taken += static_cast<double>(scores.examples[block]);
        }
        for (std::size_t block = 0; block < blocks; ++block)
            row[block] *= all / taken;
    }
    return weights.to(scores.parts.scalar_type());
}

float percentile(const std::vector<float>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const float low = sorted[below];
    if (below + 1 == sorted.size())
        return low;
    const auto part = static_cast<float>(place - static_cast<double>(below));
    return low + part * (sorted[below + 1] - low);
}

/// Calls `use` with every resample's circuit.
void for_each_circuit(const ComputationalGraph& graph, const torch::Tensor& weights,
    const torch::Tensor& parts, const Resampling& how, const std::function<void(Circuit)>& use)
{
    const auto edges = static_cast<std::size_t>(parts.size(1));
    const std::int64_t at_once
        = std::max<std::int64_t>(1, piece_bytes / (parts.size(1) * 4));
    for (std::int64_t first = 0; first < weights.size(0); first += at_once) {
        const auto scores
            = torch::mm(
                weights.narrow(0, first, std::min(at_once, weights.size(0) - first)), parts)
                  .to(torch::kFloat32)
                  .contiguous();
        for (std::int64_t r = 0; r < scores.size(0); ++r) {
            const std::span<const float> own(
                scores.data_ptr<float>() + r * parts.size(1), edges);
            use(how.ranking ? select_edges(graph, how.ranking(own), how.selection)
                            : select_edges(graph, own, how.selection));
        }
    }
}

void add_intervals(ScoreCertainty& found, const torch::Tensor& weights, const torch::Tensor& parts)
{
    const auto resamples = static_cast<std::size_t>(weights.size(0));
    const std::int64_t at_once
        = std::max<std::int64_t>(1, piece_bytes / (weights.size(0) * 4));
    std::vector<float> sorted(resamples);
    for (std::int64_t first = 0; first < parts.size(1); first += at_once) {
        const auto piece = parts.narrow(1, first, std::min(at_once, parts.size(1) - first));
        const auto scores = torch::mm(piece.t(), weights.t()).to(torch::kFloat32).contiguous();
        const auto* own = scores.data_ptr<float>();
        for (std::int64_t e = 0; e < scores.size(0); ++e, own += resamples) {
            sorted.assign(own, own + resamples);
            std::ranges::sort(sorted);
            EdgeCertainty& edge = found.edges[static_cast<std::size_t>(first + e)];
            edge.low = percentile(sorted, lower_percentile);
            edge.high = percentile(sorted, upper_percentile);
        }
    }
}

std::int64_t candidate_count(const ComputationalGraph& graph, const SelectionOptions& selection)
{
    SelectionOptions all = selection;
    all.rule = SelectionRule::threshold;
    all.threshold = 0;
    all.by_signed_score = false;
    all.prune_dead = false;
    const std::vector<float> zeros(graph.edges().size());
    return static_cast<std::int64_t>(select_edges(graph, zeros, all).size());
}

} // namespace

std::int64_t resampling_bytes(
    const ComputationalGraph& graph, const Resampling& how, std::int64_t blocks, std::int64_t element)
{
    const std::int64_t edges = std::ssize(graph.edges());
    const std::int64_t resamples = how.resamples;
    const std::int64_t piece = std::min(std::max(piece_bytes / 4, edges), resamples * edges);
    const std::int64_t of_circuit = how.selection.rule == SelectionRule::threshold
        ? edges
        : std::min<std::int64_t>(edges, how.selection.n);
    // Scores in their own numbers and in floats, weights in doubles and their own, circuits as lists
    // and as sets, and each edge's figures.
    return piece * (element + 4) + resamples * blocks * (8 + element)
        + std::min<std::int64_t>(resamples, most_compared)
        * (of_circuit * static_cast<std::int64_t>(sizeof(ScoredEdge)) + edges / 8 + 8)
        + edges * static_cast<std::int64_t>(sizeof(EdgeCertainty) + sizeof(int));
}

CircuitStability stability_of(
    std::span<const Circuit> circuits, std::size_t graph_edges, std::int64_t candidates)
{
    if (circuits.size() < 2)
        return {};
    const std::size_t words = (graph_edges + 63) / 64;
    std::vector<std::uint64_t> members(circuits.size() * words);
    for (std::size_t c = 0; c < circuits.size(); ++c)
        for (const ScoredEdge& scored : circuits[c]) {
            const auto edge = static_cast<std::size_t>(scored.edge.value);
            members[c * words + edge / 64] |= std::uint64_t{ 1 } << edge % 64;
        }
    double sum = 0;
    double chance = 0;
    for (std::size_t a = 0; a < circuits.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
            int shared = 0;
            for (std::size_t w = 0; w < words; ++w)
                shared += std::popcount(members[a * words + w] & members[b * words + w]);
            const auto in_a = static_cast<std::int64_t>(circuits[a].size());
            const auto in_b = static_cast<std::int64_t>(circuits[b].size());
            sum += jaccard(in_a, in_b, shared);
            chance += jaccard_by_chance(in_a, in_b, candidates);
        }
    const double pairs
        = static_cast<double>(circuits.size()) * static_cast<double>(circuits.size() - 1) / 2;
    return { sum / pairs, chance / pairs };
}

ScoreCertainty resample_scores(const ComputationalGraph& graph, const BlockScores& scores,
    const Resampling& how, std::span<const EdgeId> edges)
{
    ScoreCertainty found;
    found.resamples = how.resamples;
    found.seed = how.seed;
    found.blocks = static_cast<std::int64_t>(scores.examples.size());
    for (const std::int64_t examples : scores.examples)
        found.examples += examples;
    if (how.resamples < 2 || found.blocks < 2)
        throw InputError("Resampling takes at least two examples and two resamples, not "
            + std::to_string(found.blocks) + " and " + std::to_string(how.resamples) + ".");
    const auto weights = drawn_weights(scores, how);
    std::vector<Circuit> compared;
    std::vector<int> included(graph.edges().size());
    for_each_circuit(graph, weights, scores.parts, how, [&](Circuit circuit) {
        for (const ScoredEdge& scored : circuit)
            ++included[static_cast<std::size_t>(scored.edge.value)];
        if (std::ssize(compared) < most_compared)
            compared.push_back(std::move(circuit));
    });
    found.stability
        = stability_of(compared, graph.edges().size(), candidate_count(graph, how.selection));
    std::vector<std::int64_t> wanted;
    for (const EdgeId edge : edges)
        wanted.push_back(edge.value);
    found.edges.resize(edges.empty() ? included.size() : edges.size());
    for (std::size_t i = 0; i < found.edges.size(); ++i)
        found.edges[i].inclusion
            = static_cast<float>(included[edges.empty() ? i : static_cast<std::size_t>(wanted[i])])
            / static_cast<float>(how.resamples);
    add_intervals(found, weights,
        edges.empty() ? scores.parts
                      : scores.parts.index_select(1, torch::tensor(wanted, torch::kInt64)));
    return found;
}

} // namespace circuitloom
