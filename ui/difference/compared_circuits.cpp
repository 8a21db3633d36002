#include "ui/difference/compared_circuits.h"

#include "core/base/error.h"
#include "core/graph/same_edges.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace circuitloom::ui {

namespace {

std::optional<double> examples_per_step(const RunDescription& run)
{
    try {
        const RunConfig config = run_config_from_json(run.configuration);
        return static_cast<double>(config.batch) * config.accumulate;
    } catch (const Error&) { // imported, or of another version
        return std::nullopt;
    }
}

const RunSummary* find(const std::vector<RunSummary>& runs, RunId id)
{
    const auto found = std::ranges::find(runs, id, &RunSummary::id);
    return found == runs.end() ? nullptr : &*found;
}

ComparedCircuit circuit_of(
    const ExperimentReader& reader, const RunSummary& run, const IterationRecord& at)
{
    return { run, at, reader.circuit(run.id, at.index), {},
        std::make_shared<const ComputationalGraph>(run.description.shape, run.description.graph) };
}

Circuit own_reference(const ExperimentReader& reader, RunId run, int index, OwnReference wanted)
{
    if (wanted == OwnReference::none || (wanted == OwnReference::previous && index == 0))
        return {};
    return reader.circuit(run, { wanted == OwnReference::first ? 0 : index - 1 });
}

/// The iterations of runs, each run read once.
class IterationsOfRuns
{
public:
    explicit IterationsOfRuns(const ExperimentReader& reader)
        : reader_(reader)
    {
    }
    const std::vector<IterationRecord>& of(RunId run)
    {
        const auto known = read_.find(run);
        return known != read_.end() ? known->second
                                    : read_.emplace(run, reader_.iterations(run)).first->second;
    }

private:
    const ExperimentReader& reader_;
    std::map<RunId, std::vector<IterationRecord>> read_;
};

bool same_edges(const ComparedCircuit& one, const ComparedCircuit& two)
{
    return same_edges(one.graph->shape(), one.graph->options(), two.graph->shape(),
        two.graph->options());
}

double by_chance(const ComparedCircuit& one, const ComparedCircuit& two)
{
    return jaccard_by_chance(std::ssize(one.circuit), std::ssize(two.circuit),
        std::ssize(one.graph->edges()));
}

std::vector<EdgeId> ascending_edges(const Circuit& circuit)
{
    std::vector<EdgeId> edges;
    for (const ScoredEdge& scored : circuit)
        edges.push_back(scored.edge);
    std::ranges::sort(edges);
    return edges;
}

std::vector<SharedByTwo> shared_by_two(const ComparedCircuits& found)
{
    std::vector<const ComparedCircuit*> circuits{ &*found.a };
    for (const OtherCircuit& other : found.others)
        circuits.push_back(other.circuit ? &*other.circuit : nullptr);
    std::vector<std::vector<EdgeId>> edges;
    for (const ComparedCircuit* circuit : circuits)
        edges.push_back(circuit ? ascending_edges(circuit->circuit) : std::vector<EdgeId>());
    std::vector<SharedByTwo> pairs;
    for (std::size_t i = 0; i < circuits.size(); ++i)
        for (std::size_t j = i + 1; j < circuits.size(); ++j) {
            if (!circuits[i] || !circuits[j] || !same_edges(*circuits[i], *circuits[j]))
                continue;
            std::vector<EdgeId> both;
            std::ranges::set_intersection(edges[i], edges[j], std::back_inserter(both));
            pairs.push_back({ i, j,
                jaccard(std::ssize(edges[i]), std::ssize(edges[j]), std::ssize(both)),
                by_chance(*circuits[i], *circuits[j]) });
        }
    return pairs;
}

OtherCircuit read_other(const ExperimentReader& reader, IterationsOfRuns& iterations,
    const ComparedCircuits& found, const ComparedWith& wish)
{
    OtherCircuit other;
    const RunSummary* run = find(found.runs, wish.run);
    if (!run)
        return other;
    const auto& of_shown = iterations.of(found.wish.shown);
    const auto& of_other = iterations.of(wish.run);
    other.iterations = static_cast<int>(of_other.size());
    const std::optional<int> index = wish.chosen
        ? wish.chosen
        : counterpart({ of_shown, examples_per_step(found.a->run.description) },
              found.wish.iteration, { of_other, examples_per_step(run->description) }, wish.by);
    if (!index || *index < 0 || *index >= other.iterations)
        return other;
    other.circuit = circuit_of(reader, *run, of_other[static_cast<std::size_t>(*index)]);
    other.circuit->reference = own_reference(reader, wish.run, *index, found.wish.reference);
    if (!same_edges(*found.a, *other.circuit))
        return other;
    const ComputationalGraph& graph = *found.a->graph;
    other.diff
        = circuit_diff(graph, Components(graph), found.a->circuit, other.circuit->circuit);
    other.jaccard_by_chance = by_chance(*found.a, *other.circuit);
    return other;
}

} // namespace

ComparedCircuits read_compared(const ComparisonWish& wish)
{
    const ExperimentReader reader(wish.file);
    IterationsOfRuns iterations(reader);
    ComparedCircuits found;
    found.wish = wish;
    found.others.resize(wish.others.size());
    found.runs = reader.runs();
    const RunSummary* shown = find(found.runs, wish.shown);
    if (!shown)
        return found;
    const auto& of_shown = iterations.of(wish.shown);
    if (wish.iteration < 0 || wish.iteration >= static_cast<int>(of_shown.size()))
        return found;
    found.a = circuit_of(reader, *shown, of_shown[static_cast<std::size_t>(wish.iteration)]);
    for (std::size_t i = 0; i < wish.others.size(); ++i)
        found.others[i] = read_other(reader, iterations, found, wish.others[i]);
    found.pairs = shared_by_two(found);
    return found;
}

} // namespace circuitloom::ui
