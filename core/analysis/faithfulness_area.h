#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace circuitloom {

/// The shares k of a graph's edges at which faithfulness is measured (MIB, arXiv 2504.13151).
inline constexpr double faithfulness_shares[] = { .001, .002, .005, .01, .02, .05, .1, .2, .5, 1 };

/// int(k·E) for each of these shares of `edges`, without those that come to none.
std::vector<int> sizes_of_shares(std::int64_t edges);

/// ∫ y dx by the trapezoid rule over the points given; no wider than they reach.
double trapezoid(std::span<const double> x, std::span<const double> y);

} // namespace circuitloom
