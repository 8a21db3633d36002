#include "core/analysis/run_edges.h"
#include "tests/support/circuit_samples.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace circuitloom;

TEST_CASE("the edges of a run are those of its iterations, the strongest over all first")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path file = folder / "run.loom";
    constexpr int iterations = 140; // read in two pieces
    RunId run;
    {
        RunWriter writer(file, samples::description());
        run = writer.id();
        for (int i = 0; i < iterations; ++i)
            writer.add_iteration(samples::iteration(i), samples::circuit(i));
        writer.set_state(RunState::finished);
    }
    const ExperimentReader reader(file);
    const RunDescription description = reader.run(run).description;
    const ComputationalGraph graph(description.shape, description.graph);
    CircuitFilter strongest;
    strongest.strongest = 5;

    for (const auto& [first, last] : { std::pair{ 0, iterations - 1 }, std::pair{ 7, 9 } }) {
        std::map<EdgeId, double> sums;
        for (int i = first; i <= last; ++i) {
            const Circuit circuit = samples::circuit(i);
            for (std::size_t rank = 0; rank < 5; ++rank)
                sums[circuit[rank].edge] += std::abs(static_cast<double>(circuit[rank].score));
        }
        const RunEdges found = edges_of_run(reader, run, first, last, graph, strongest);
        CHECK(found.most == 5);
        const std::vector<EdgeId>& edges = found.edges;
        REQUIRE(edges.size() == sums.size());
        for (std::size_t i = 0; i < edges.size(); ++i) {
            REQUIRE(sums.count(edges[i]) == 1);
            if (i > 0)
                CHECK(sums.at(edges[i - 1]) >= sums.at(edges[i]));
        }
    }
}

TEST_CASE("the first edges of several runs are the strongest of each")
{
    const samples::TemporaryFolder folder;
    const std::filesystem::path file = folder / "runs.loom";
    const auto graph = testing::twelve_layers();
    constexpr int edges = 1600; // of each run; more than a dot layout takes
    constexpr std::size_t taken = 1500;
    std::set<RunId> runs;
    std::vector<Circuit> circuits;
    // Of the second all are weaker than any of the first, and a quarter is in both.
    for (const auto& [first_edge, strength] : { std::pair{ 0, 100.0F }, std::pair{ 1200, 1.0F } }) {
        RunDescription run = samples::description();
        run.shape = graph->shape();
        run.graph = graph->options();
        RunWriter writer(file, run);
        Circuit circuit;
        for (int i = 0; i < edges; ++i)
            circuit.push_back({ { first_edge + i * 7 % edges },
                strength * (1.0F - 0.0001F * static_cast<float>(i)) });
        IterationRecord record;
        record.edges = edges;
        writer.add_iteration(record, circuit);
        writer.set_state(RunState::finished);
        runs.insert(writer.id());
        circuits.push_back(std::move(circuit));
    }
    CircuitFilter all;
    all.strongest = 0;
    const RunEdges found = edges_of_runs(ExperimentReader(file), runs, *graph, all);
    CHECK(found.most == 2 * edges);
    std::set<EdgeId> both;
    for (const Circuit& circuit : circuits)
        for (const ScoredEdge& scored : circuit)
            both.insert(scored.edge);
    CHECK(both.size() == 2800);
    CHECK(std::set<EdgeId>(found.edges.begin(), found.edges.end()) == both);
    REQUIRE(found.edges.size() == both.size()); // each once
    const std::set<EdgeId> first(found.edges.begin(), found.edges.begin() + taken);
    for (const Circuit& circuit : circuits) {
        const auto out = std::ranges::find_if(
            circuit, [&](const ScoredEdge& scored) { return !first.contains(scored.edge); });
        // The strongest half of the places, and no less for the run whose scores are small.
        CHECK(out - circuit.begin() >= static_cast<std::ptrdiff_t>(taken / 2));
    }
}
