#include "core/analysis/study_table.h"

#include "core/analysis/circuit_diff.h"
#include "core/store/records.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

namespace circuitloom {

StudyTable::Key StudyTable::key_of(const Place& place, int draw)
{
    return { place.source, place.target, std::string(place.series), std::string(place.suite),
        std::string(place.measure), draw };
}

StudyTable::StudyTable(std::span<const StudyFigure> figures)
{
    std::set<std::pair<std::string, std::string>> others;
    std::set<std::pair<std::string, std::string>> of_task;
    for (const StudyFigure& one : figures) {
        values_[key_of({ one.source, one.target, one.series, one.suite, one.measure }, one.draw)]
            = one.value;
        (one.suite == task_suite ? of_task : others).emplace(one.suite, one.measure);
    }
    measures_.assign(of_task.begin(), of_task.end());
    measures_.insert(measures_.end(), others.begin(), others.end());
}

std::optional<double> StudyTable::value(const Place& place) const
{
    const auto found = values_.find(key_of(place, 0));
    if (found == values_.end() || !std::isfinite(found->second))
        return std::nullopt;
    return found->second;
}

std::vector<double> StudyTable::draws(const Place& place) const
{
    std::vector<double> found;
    const Key first = key_of(place, 0);
    const Key last = key_of(place, std::numeric_limits<int>::max());
    for (auto at = values_.lower_bound(first); at != values_.end() && at->first <= last; ++at)
        if (std::isfinite(at->second))
            found.push_back(at->second);
    return found;
}

std::optional<Spread> StudyTable::spread(const Place& place) const
{
    const std::vector<double> found = draws(place);
    return found.empty() ? std::nullopt : std::optional(spread_of(found));
}

bool StudyTable::has(const Place& place, int draw) const
{
    return values_.contains(key_of(place, draw));
}

std::optional<double> change_beside_random(
    double whole, double ablated, std::span<const double> random)
{
    constexpr double rounding = 1e-6;
    double size = 0;
    for (const double one : random)
        size += std::abs(one - whole) / static_cast<double>(random.size());
    if (random.empty() || !std::isfinite(size) || size <= rounding * std::max(1.0, std::abs(whole)))
        return std::nullopt;
    return (ablated - whole) / size;
}

CircuitLikeness circuit_likeness(const ExperimentReader& reader, RunId run,
    std::span<const int> rows, RunId other, std::span<const int> columns)
{
    const RunDescription description = reader.run(run).description;
    const std::int64_t edges
        = ComputationalGraph::count_edges(description.shape, description.graph);
    const auto sorted_edges = [&reader](RunId of, int iteration) {
        std::vector<EdgeId> found;
        for (const ScoredEdge& edge : reader.circuit(of, { iteration }))
            found.push_back(edge.edge);
        std::ranges::sort(found);
        return found;
    };
    std::vector<std::vector<EdgeId>> of_columns;
    for (const int column : columns)
        of_columns.push_back(sorted_edges(other, column));
    CircuitLikeness likeness{ columns.size(), {}, {} };
    std::vector<EdgeId> both;
    for (const int row : rows) {
        const std::vector<EdgeId> here = sorted_edges(run, row);
        for (const std::vector<EdgeId>& there : of_columns) {
            both.clear();
            std::ranges::set_intersection(here, there, std::back_inserter(both));
            likeness.jaccard.push_back(
                jaccard(std::ssize(here), std::ssize(there), std::ssize(both)));
            likeness.chance.push_back(
                jaccard_by_chance(std::ssize(here), std::ssize(there), edges));
        }
    }
    return likeness;
}

} // namespace circuitloom
