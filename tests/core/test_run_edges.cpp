#include "core/analysis/run_edges.h"
#include "tests/support/store_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

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
