#include "core/exchange/run_table.h"

#include "core/base/number_text.h"
#include "core/graph/computational_graph.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace circuitloom {

namespace {

constexpr int read_at_once = 64; // circuits

} // namespace

void write_run_table(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink)
{
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    const std::vector<IterationRecord> iterations = reader.iterations(run.id);
    sink("iteration,step,rank,source,target,score\r\n");
    const auto count = static_cast<int>(iterations.size());
    for (int from = 0; from < count; from += read_at_once) {
        const int to = std::min(count, from + read_at_once) - 1;
        std::string rows;
        int at = from;
        for (const Circuit& circuit : reader.circuits(run.id, { from }, { to })) {
            const std::string begin = std::to_string(at) + ","
                + std::to_string(iterations[static_cast<std::size_t>(at)].step) + ",";
            int rank = 0;
            for (const ScoredEdge& scored : circuit) {
                const Edge& edge = graph.edge(scored.edge);
                rows += begin + std::to_string(++rank) + "," + node_name(graph.node(edge.source))
                    + "," + node_name(graph.node(edge.target)) + "," + shortest(scored.score)
                    + "\r\n";
            }
            ++at;
        }
        sink(rows);
    }
}

} // namespace circuitloom
