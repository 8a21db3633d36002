#include "core/analysis/counterpart.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace circuitloom {

namespace {

constexpr int averaged = 5; // iterations

/// `place` gives an iteration's; places rise.
template <class Place>
std::optional<int> nearest(const AlignedRun& other, double seen, const Place& place)
{
    const auto at = [&](std::size_t i) -> double { return place(other.iterations[i]); };
    if (other.iterations.empty() || seen > at(other.iterations.size() - 1) || seen < at(0))
        return std::nullopt;
    std::size_t best = 0;
    for (std::size_t i = 1; i < other.iterations.size(); ++i)
        if (std::abs(at(i) - seen) < std::abs(at(best) - seen))
            best = i;
    return static_cast<int>(best);
}

std::optional<int> by_tokens(const IterationRecord& at, const AlignedRun& other)
{
    const auto knows = [](const IterationRecord& one) { return one.tokens.has_value(); };
    if (!knows(at) || !std::ranges::all_of(other.iterations, knows))
        return std::nullopt;
    const auto tokens
        = [](const IterationRecord& one) { return static_cast<double>(*one.tokens); };
    return nearest(other, tokens(at), tokens);
}

/// Means over the iterations up to each, then the best of these so far; lower is better. Empty
/// where a value is not known.
std::vector<double> progress(std::span<const IterationRecord> iterations,
    double IterationRecord::*value, double sign)
{
    std::vector<double> best;
    for (std::size_t i = 0; i < iterations.size(); ++i) {
        double sum = 0;
        const std::size_t from = i + 1 < averaged ? 0 : i + 1 - averaged;
        for (std::size_t j = from; j <= i; ++j)
            sum += sign * iterations[j].*value;
        const double mean = sum / static_cast<double>(i + 1 - from);
        if (std::isnan(mean))
            return {};
        best.push_back(best.empty() ? mean : std::min(best.back(), mean));
    }
    return best;
}

std::optional<int> as_far(const AlignedRun& shown, int index, const AlignedRun& other,
    double IterationRecord::*value, double sign)
{
    const std::vector<double> here = progress(shown.iterations, value, sign);
    const std::vector<double> there = progress(other.iterations, value, sign);
    if (here.empty() || there.empty())
        return std::nullopt;
    const double reached = here[static_cast<std::size_t>(index)];
    const auto first
        = std::ranges::find_if(there, [reached](double best) { return best <= reached; });
    return first == there.end() ? std::nullopt
                                : std::optional(static_cast<int>(first - there.begin()));
}

} // namespace

std::optional<int> counterpart(
    const AlignedRun& shown, int index, const AlignedRun& other, Alignment by)
{
    if (index < 0 || index >= static_cast<int>(shown.iterations.size()))
        return std::nullopt;
    const IterationRecord& at = shown.iterations[static_cast<std::size_t>(index)];
    const auto steps_times = [](double examples) {
        return [examples](const IterationRecord& one) { return one.step * examples; };
    };
    switch (by) {
    case Alignment::step:
        return nearest(other, at.step, steps_times(1));
    case Alignment::examples:
        return shown.examples_per_step && other.examples_per_step
            ? nearest(other, at.step * *shown.examples_per_step,
                steps_times(*other.examples_per_step))
            : std::nullopt;
    case Alignment::tokens:
        return by_tokens(at, other);
    case Alignment::loss:
        return as_far(shown, index, other, &IterationRecord::loss, 1);
    case Alignment::metric:
        break;
    }
    const bool rises
        = shown.iterations.back().metric >= shown.iterations.front().metric;
    return as_far(shown, index, other, &IterationRecord::metric, rises ? -1 : 1);
}

} // namespace circuitloom
