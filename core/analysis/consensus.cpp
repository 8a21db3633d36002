#include "core/analysis/consensus.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace circuitloom {

double at_least(int needed, std::span<const double> probabilities)
{
    if (needed <= 0)
        return 1;
    // So many events so far; the last entry is `needed` or more.
    std::vector<double> happened(static_cast<std::size_t>(needed) + 1);
    happened[0] = 1;
    for (const double p : probabilities) {
        happened.back() += happened[happened.size() - 2] * p;
        for (std::size_t n = happened.size() - 2; n > 0; --n)
            happened[n] = happened[n] * (1 - p) + happened[n - 1] * p;
        happened[0] *= 1 - p;
    }
    return happened.back();
}

Consensus consensus_of(std::span<const Circuit> circuits, std::int64_t graph_edges, double share)
{
    if (circuits.empty())
        throw InputError("There is no circuit that could agree with others.");
    constexpr double rounding = 1e-9; // 0.3 · 10 is a little more than 3
    Consensus found;
    found.circuits = static_cast<int>(circuits.size());
    found.needed = std::max(1, static_cast<int>(std::ceil(share * found.circuits - rounding)));
    struct Sum
    {
        int circuits = 0;
        double score = 0;
    };
    std::map<EdgeId, Sum> sums;
    std::vector<double> shares;
    for (const Circuit& circuit : circuits) {
        shares.push_back(
            static_cast<double>(circuit.size()) / static_cast<double>(graph_edges));
        for (const ScoredEdge& scored : circuit) {
            ++sums[scored.edge].circuits;
            sums[scored.edge].score += scored.score;
        }
    }
    for (const auto& [edge, sum] : sums)
        if (sum.circuits >= found.needed)
            found.edges.push_back(
                { edge, sum.circuits, static_cast<float>(sum.score / sum.circuits) });
    std::ranges::stable_sort(found.edges, [](const ConsensusEdge& a, const ConsensusEdge& b) {
        return a.circuits != b.circuits ? a.circuits > b.circuits
                                        : std::abs(a.score) > std::abs(b.score);
    });
    found.by_chance = static_cast<double>(graph_edges) * at_least(found.needed, shares);
    return found;
}

} // namespace circuitloom
