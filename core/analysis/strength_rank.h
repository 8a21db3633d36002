#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

namespace circuitloom {

/// The place of a node among all nodes of a circuit, each as strong as all of its edges.
struct StrengthRank
{
    std::size_t rank = 0; ///< from 1; nodes of equal strength share it
    std::size_t of = 0; ///< nodes that have any strength
};

/// `strengths` has one of each node, none of them negative. Nothing for a node without any.
inline std::optional<StrengthRank> strength_rank(
    std::span<const double> strengths, std::size_t node)
{
    const double own = strengths[node];
    if (own <= 0)
        return std::nullopt;
    const auto count = [&](auto counts) {
        return static_cast<std::size_t>(std::ranges::count_if(strengths, counts));
    };
    return StrengthRank{ count([=](double strength) { return strength > own; }) + 1,
        count([](double strength) { return strength > 0; }) };
}

} // namespace circuitloom
