#include "core/analysis/edge_ages.h"

#include <algorithm>
#include <limits>

namespace circuitloom {

void EdgeAges::add(const Circuit& circuit)
{
    constexpr int most = std::numeric_limits<std::uint16_t>::max();
    const int now = iterations();
    std::vector<std::uint16_t>& ages = ages_.emplace_back();
    ages.reserve(circuit.size());
    for (const ScoredEdge& edge : circuit) {
        Stay& stay = stays_.try_emplace(edge.edge, Stay{ now, now, now, 0 }).first->second;
        if (stay.last < now - 1)
            stay.since = now;
        stay.last = now;
        ++stay.iterations;
        ages.push_back(static_cast<std::uint16_t>(std::min(now - stay.since, most)));
    }
}

std::vector<int> EdgeAges::at(int iteration) const
{
    if (iteration < 0 || iteration >= iterations())
        return {};
    const std::vector<std::uint16_t>& ages = ages_[static_cast<std::size_t>(iteration)];
    return { ages.begin(), ages.end() };
}

std::optional<EdgeAges::Span> EdgeAges::span(EdgeId edge) const
{
    const auto stay = stays_.find(edge);
    if (stay == stays_.end())
        return std::nullopt;
    return Span{ stay->second.first_ever, stay->second.last };
}

std::optional<double> EdgeAges::inclusion(EdgeId edge) const
{
    if (ages_.empty())
        return std::nullopt;
    const auto stay = stays_.find(edge);
    return stay == stays_.end() ? 0.0 : static_cast<double>(stay->second.iterations) / iterations();
}

std::optional<EdgeAges::Span> EdgeAges::span(const std::function<bool(EdgeId)>& counts) const
{
    std::optional<Span> all;
    for (const auto& [edge, stay] : stays_) {
        if (!counts(edge))
            continue;
        if (!all)
            all = Span{ stay.first_ever, stay.last };
        all->first = std::min(all->first, stay.first_ever);
        all->last = std::max(all->last, stay.last);
    }
    return all;
}

} // namespace circuitloom
