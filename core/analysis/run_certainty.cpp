#include "core/analysis/run_certainty.h"

#include "core/analysis/circuit_diff.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

// The configuration is JSON that an older or newer version may have written.
bool scored_on_probe(const RunDescription& description)
{
    const auto json = nlohmann::json::parse(description.configuration, nullptr, false);
    const auto circuit = json.is_object() ? json.find("circuit") : json.end();
    if (circuit == json.end() || !circuit->is_object())
        return false;
    const auto scored_on = circuit->find("score_on");
    return scored_on != circuit->end() && *scored_on == "probe";
}

std::vector<EdgeId> edges_of(const Circuit& circuit)
{
    std::vector<EdgeId> edges;
    for (const ScoredEdge& scored : circuit)
        edges.push_back(scored.edge);
    std::ranges::sort(edges);
    return edges;
}

double edge_distance(const std::vector<EdgeId>& a, const std::vector<EdgeId>& b)
{
    std::vector<EdgeId> shared;
    std::ranges::set_intersection(a, b, std::back_inserter(shared));
    return 1 - jaccard(std::ssize(a), std::ssize(b), std::ssize(shared));
}

} // namespace

RunCertainty run_certainty(
    const ExperimentReader& reader, RunId run, const CertaintyBounds& bounds)
{
    RunCertainty found{ reader.run(run), false, bounds, {} };
    found.on_probe = scored_on_probe(found.run.description);
    const auto sure = reader.certainties(run);
    if (sure.empty())
        throw InputError("Run " + std::to_string(run.value) + " of " + reader.file().string()
            + " did not resample its scores. Set circuit.resamples, as to 200, before a run starts.");
    const auto graph_edges = ComputationalGraph::count_edges(
        found.run.description.shape, found.run.description.graph);
    const auto iterations = reader.iterations(run);
    std::vector<EdgeId> before;
    int before_iteration = -2;
    for (const IterationCertainty& one : sure) {
        CertaintyPoint point;
        const auto iteration
            = std::ranges::find(iterations, one.iteration, &IterationRecord::index);
        if (iteration == iterations.end())
            continue; // written since
        point.step = iteration->step;
        point.sure = one;
        ScoreCertainty of_edges;
        for (const CertainEdge& edge : reader.edge_certainties(run, one.iteration))
            of_edges.edges.push_back(edge.certainty);
        point.counts = count_classes(of_edges, bounds);
        point.counts.noise += std::exchange(point.counts.never, 0);
        std::vector<EdgeId> now = edges_of(reader.circuit(run, one.iteration));
        if (before_iteration == one.iteration.value - 1) {
            point.distance = edge_distance(before, now);
            point.distance_by_chance = 1
                - jaccard_by_chance(std::ssize(before), std::ssize(now), graph_edges);
            const double earlier = found.iterations.back().sure.stability.jaccard;
            point.of_the_batch = 1 - (earlier + one.stability.jaccard) / 2;
        }
        before = std::move(now);
        before_iteration = one.iteration.value;
        found.iterations.push_back(point);
    }
    return found;
}

} // namespace circuitloom
