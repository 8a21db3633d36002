#include "core/analysis/run_comparison.h"

#include "core/graph/same_edges.h"

#include <map>
#include <utility>

namespace circuitloom {

namespace {

std::vector<PairedFigure> paired_figures(
    const std::vector<EvaluationRecord>& first, const std::vector<EvaluationRecord>& second)
{
    std::vector<PairedFigure> found;
    std::map<std::pair<std::string, std::string>, std::size_t> place;
    const auto take = [&](const std::vector<EvaluationRecord>& records,
                          std::optional<BeforeAndAfter> PairedFigure::*side) {
        for (BeforeAndAfter& pair : before_and_after(records)) {
            const std::string& suite = pair.before.suite;
            const std::string& measure = pair.before.measure;
            const auto [at, fresh] = place.try_emplace({ suite, measure }, found.size());
            if (fresh)
                found.push_back({ suite, measure, std::nullopt, std::nullopt });
            found[at->second].*side = std::move(pair);
        }
    };
    take(first, &PairedFigure::first);
    take(second, &PairedFigure::second);
    return found;
}

/// The two runs' circuits at every step at which both have one.
class PairReader
{
public:
    PairReader(const ExperimentReader& reader, const RunComparison& runs)
        : reader_(reader)
        , first_(runs.first.id)
        , second_(runs.second.id)
        , graph_(runs.first.description.shape, runs.first.description.graph)
        , components_(graph_)
    {
    }

    CircuitDiff diff(const IterationRecord& of_first, const IterationRecord& of_second) const
    {
        return circuit_diff(graph_, components_, reader_.circuit(first_, of_first.index),
            reader_.circuit(second_, of_second.index));
    }

private:
    const ExperimentReader& reader_;
    RunId first_;
    RunId second_;
    ComputationalGraph graph_;
    Components components_;
};

PairedCircuits paired(
    const IterationRecord& of_first, const IterationRecord& of_second, const CircuitDiff& diff)
{
    return { of_first.step, of_first.index.value, of_second.index.value, diff.edges.jaccard(),
        diff.nodes.jaccard(), diff.rank_correlation, diff.strength_correlation, diff.distance };
}

std::vector<std::pair<IterationRecord, IterationRecord>> at_the_same_steps(
    const std::vector<IterationRecord>& first, const std::vector<IterationRecord>& second)
{
    std::map<int, IterationRecord> by_step;
    for (const IterationRecord& record : second)
        by_step.try_emplace(record.step, record);
    std::vector<std::pair<IterationRecord, IterationRecord>> found;
    for (const IterationRecord& record : first)
        if (const auto other = by_step.find(record.step); other != by_step.end())
            found.emplace_back(record, other->second);
    return found;
}

std::string why_not(const RunComparison& runs)
{
    const RunDescription& first = runs.first.description;
    const RunDescription& second = runs.second.description;
    if (!same_edges(first.shape, first.graph, second.shape, second.graph))
        return "The runs have different graphs, so their circuits cannot be compared.";
    if (runs.first.iterations == 0 || runs.second.iterations == 0)
        return "A run has no iterations, so there are no circuits to compare.";
    return {};
}

} // namespace

RunComparison compare_runs(
    const ExperimentReader& reader, RunId first, RunId second, const DynamicsOptions& options)
{
    RunComparison found;
    found.first = reader.run(first);
    found.second = reader.run(second);
    const auto of_first = reader.iterations(first);
    const auto of_second = reader.iterations(second);
    found.first_tunable = mean_tunable_ratio(of_first);
    found.second_tunable = mean_tunable_ratio(of_second);
    found.figures = paired_figures(reader.evaluations(first), reader.evaluations(second));
    found.why_not = why_not(found);
    if (!found.why_not.empty())
        return found;

    const PairReader pair(reader, found);
    found.circuits = pair.diff(of_first.back(), of_second.back());
    const auto pairs = at_the_same_steps(of_first, of_second);
    for (const auto& [one, other] : pairs) {
        found.paired.push_back(paired(one, other, pair.diff(one, other)));
        if (options.progress)
            options.progress(static_cast<int>(found.paired.size()), static_cast<int>(pairs.size()));
    }
    return found;
}

} // namespace circuitloom
