#pragma once

#include "core/store/records.h"

#include <optional>
#include <span>
#include <string_view>

namespace circuitloom {

/// What two runs have in common at iterations that are compared.
enum class Alignment
{
    step,
    examples, ///< training examples seen
    tokens, ///< of training, padding not counted
    loss, ///< how far it has come down
    metric ///< how far it has come
};

/// A run's side of an alignment.
struct AlignedRun
{
    std::span<const IterationRecord> iterations;
    /// Batch size times accumulated batches; empty where the configuration is not known.
    std::optional<double> examples_per_step;
};

/// Which iteration of `other` is the counterpart of iteration `index` of `shown`:
///
/// - by step, examples or tokens: the nearest one, of two as near the earlier;
/// - by loss or metric: the first at which the best value so far is as good as that of `shown` by
///   then, of values averaged over five iterations, which are those of single batches. The loss
///   falls; the metric goes the way on which `shown` went from its first to its last iteration.
///   So the counterpart never goes back while `shown` goes on.
///
/// Empty where there is none: `other` ended before, or never came so far, or a side does not know
/// its loss, metric, tokens or batch size.
std::optional<int> counterpart(
    const AlignedRun& shown, int index, const AlignedRun& other, Alignment by);

} // namespace circuitloom
