#include "core/report/consensus_run.h"

#include "core/base/error.h"
#include "core/base/number_text.h"
#include "core/graph/edge_order.h"
#include "core/graph/same_edges.h"
#include "core/run/imported_run.h"
#include "core/store/run_writer.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

std::string text_of(RunId run)
{
    return std::to_string(run.value);
}

RunDescription description_of(const ConsensusSource& source)
{
    const RunDescription& first = source.runs.front();
    std::string name = "Consensus of " + first.name;
    if (source.runs.size() > 1)
        name += " and " + std::to_string(source.runs.size() - 1) + " more";
    return imported_description(name, first.model, "consensus", first.shape, first.graph);
}

std::string notes_of(const ConsensusSource& source, const Consensus& found)
{
    const bool one = source.runs.size() == 1;
    std::string notes = "The edges that at least " + std::to_string(found.needed) + " of "
        + std::to_string(found.circuits)
        + (one ? " circuits of the run have" : " runs' last circuits have")
        + "; random circuits of these sizes would agree on " + fixed(found.by_chance, 2)
        + ". A score is the mean over the circuits that have the edge.";
    for (const RunDescription& run : source.runs)
        notes += "\n" + run.name;
    return notes;
}

} // namespace

ConsensusSource read_consensus_source(
    const ExperimentReader& reader, std::span<const RunId> runs)
{
    if (std::set<RunId>(runs.begin(), runs.end()).size() != runs.size())
        throw InputError("A run is named twice; each counts once.");
    ConsensusSource found;
    for (const RunId id : runs) {
        const RunSummary run = reader.run(id);
        if (run.iterations == 0)
            throw InputError("Run " + text_of(id) + " has no circuit yet.");
        if (!found.runs.empty()
            && !same_edges(run.description.shape, run.description.graph,
                found.runs.front().shape, found.runs.front().graph))
            throw InputError("Run " + text_of(id) + " has another graph than run "
                + text_of(runs.front()) + ", so they have no edges in common.");
        found.runs.push_back(run.description);
        const IterationIndex last{ run.iterations - 1 };
        if (runs.size() == 1)
            found.circuits = reader.circuits(id, { 0 }, last);
        else
            found.circuits.push_back(reader.circuit(id, last));
    }
    return found;
}

ConsensusRun write_consensus(
    const std::filesystem::path& file, std::span<const RunId> runs, double share)
{
    const ConsensusSource source = read_consensus_source(ExperimentReader(file), runs);
    const RunDescription description = description_of(source);
    ConsensusRun made;
    made.found = consensus_of(source.circuits,
        ComputationalGraph::count_edges(description.shape, description.graph), share);
    if (made.found.edges.empty())
        throw InputError("No edge is in at least " + std::to_string(made.found.needed) + " of "
            + std::to_string(made.found.circuits) + " circuits.");
    Circuit circuit;
    for (const ConsensusEdge& edge : made.found.edges)
        circuit.push_back({ edge.edge, edge.score });
    circuit = strongest_first(std::move(circuit));
    std::optional<RunWriter> writer(std::in_place, file, description);
    made.run = writer->id();
    try {
        writer->add_iteration(
            imported_iteration(circuit, static_cast<int>(circuit.size())), circuit);
        writer->set_state(RunState::finished);
        writer.reset();
        set_run_notes(file, made.run, notes_of(source, made.found));
    } catch (...) {
        writer.reset(); // no run that is written can be deleted
        take_away_runs(file, false, { &made.run, 1 });
        throw;
    }
    return made;
}

} // namespace circuitloom
