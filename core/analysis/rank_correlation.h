#pragma once

#include <optional>
#include <span>
#include <vector>

namespace circuitloom {

/// The rank of each value, from 1; equal values share the mean of their ranks.
std::vector<double> mean_ranks(std::span<const double> values);

/// Spearman's rank correlation of pairs (a[i], b[i]): Pearson's correlation of their mean ranks,
/// which is right with ties too. In [-1, 1]; a monotone map of either side does not change it.
/// Empty where it is not defined: fewer than two pairs, or all values of a side equal.
std::optional<double> rank_correlation(std::span<const double> a, std::span<const double> b);

/// |value| of each.
std::vector<double> sizes(std::vector<double> values);

} // namespace circuitloom
