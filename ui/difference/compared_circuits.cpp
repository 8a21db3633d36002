#include "ui/difference/compared_circuits.h"

#include "core/base/error.h"
#include "core/graph/same_edges.h"
#include "core/run/run_config.h"
#include "core/store/experiment_reader.h"

#include <algorithm>

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

} // namespace

ComparedCircuits read_compared(const ComparisonWish& wish)
{
    const ExperimentReader reader(wish.file);
    ComparedCircuits found;
    found.wish = wish;
    found.runs = reader.runs();
    const RunSummary* shown = find(found.runs, wish.shown);
    const RunSummary* other = find(found.runs, wish.other);
    if (!shown)
        return found;
    const auto of_shown = reader.iterations(wish.shown);
    if (wish.iteration < 0 || wish.iteration >= static_cast<int>(of_shown.size()))
        return found;
    found.a = circuit_of(reader, *shown, of_shown[static_cast<std::size_t>(wish.iteration)]);
    if (!other)
        return found;
    const auto of_other = reader.iterations(wish.other);
    found.iterations = static_cast<int>(of_other.size());
    const std::optional<int> index = wish.chosen
        ? wish.chosen
        : counterpart({ of_shown, examples_per_step(shown->description) }, wish.iteration,
              { of_other, examples_per_step(other->description) }, wish.by);
    if (!index || *index < 0 || *index >= found.iterations)
        return found;
    found.b = circuit_of(reader, *other, of_other[static_cast<std::size_t>(*index)]);
    found.b->reference = own_reference(reader, wish.other, *index, wish.reference);

    const RunDescription& one = shown->description;
    const RunDescription& two = other->description;
    if (!same_edges(one.shape, one.graph, two.shape, two.graph))
        return found;
    const ComputationalGraph& graph = *found.a->graph;
    found.diff = circuit_diff(graph, Components(graph), found.a->circuit, found.b->circuit);
    found.jaccard_by_chance
        = jaccard_by_chance(static_cast<std::int64_t>(found.a->circuit.size()),
            static_cast<std::int64_t>(found.b->circuit.size()),
            static_cast<std::int64_t>(graph.edges().size()));
    return found;
}

} // namespace circuitloom::ui
