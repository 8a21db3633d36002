#include "core/exchange/run_table.h"

#include "core/base/number_text.h"
#include "core/exchange/parquet_file.h"
#include "core/graph/computational_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace circuitloom {

namespace {

constexpr int read_at_once = 64; // circuits

struct Row
{
    int iteration = 0;
    int step = 0;
    int rank = 0; ///< from 1
    std::string source;
    std::string target;
    float score = 0;
};

/// Hands over the rows of so many circuits at a time.
template <class Take>
void for_pieces(const ExperimentReader& reader, const RunSummary& run, const RowProgress& progress,
    const Take& take)
{
    std::int64_t done = 0;
    const ComputationalGraph graph(run.description.shape, run.description.graph);
    const std::vector<IterationRecord> iterations = reader.iterations(run.id);
    const auto count = static_cast<int>(iterations.size());
    for (int from = 0; from < count; from += read_at_once) {
        const int to = std::min(count, from + read_at_once) - 1;
        std::vector<Row> rows;
        int at = from;
        for (const Circuit& circuit : reader.circuits(run.id, { from }, { to })) {
            const int step = iterations[static_cast<std::size_t>(at)].step;
            int rank = 0;
            for (const ScoredEdge& scored : circuit) {
                const Edge& edge = graph.edge(scored.edge);
                rows.push_back({ at, step, ++rank, node_name(graph.node(edge.source)),
                    node_name(graph.node(edge.target)), scored.score });
            }
            ++at;
        }
        take(rows);
        done += std::ssize(rows);
        if (progress)
            progress(done);
    }
}

std::vector<ParquetColumn> columns_of(const std::vector<Row>& rows)
{
    std::vector<std::int32_t> iterations;
    std::vector<std::int32_t> steps;
    std::vector<std::int32_t> ranks;
    std::vector<std::string> sources;
    std::vector<std::string> targets;
    std::vector<float> scores;
    for (const Row& row : rows) {
        iterations.push_back(row.iteration);
        steps.push_back(row.step);
        ranks.push_back(row.rank);
        sources.push_back(row.source);
        targets.push_back(row.target);
        scores.push_back(row.score);
    }
    return { { "iteration", std::move(iterations) }, { "step", std::move(steps) },
        { "rank", std::move(ranks) }, { "source", std::move(sources) },
        { "target", std::move(targets) }, { "score", std::move(scores) } };
}

} // namespace

void write_run_table(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink,
    const RowProgress& progress)
{
    sink("iteration,step,rank,source,target,score\r\n");
    for_pieces(reader, run, progress, [&](const std::vector<Row>& rows) {
        std::string text;
        for (const Row& row : rows)
            text += std::to_string(row.iteration) + "," + std::to_string(row.step) + ","
                + std::to_string(row.rank) + "," + row.source + "," + row.target + ","
                + shortest(row.score) + "\r\n";
        sink(text);
    });
}

void write_run_parquet(const ExperimentReader& reader, const RunSummary& run, const TextSink& sink,
    const RowProgress& progress)
{
    ParquetFile file(columns_of({}), sink);
    for_pieces(reader, run, progress,
        [&](const std::vector<Row>& rows) { file.add_rows(columns_of(rows)); });
    file.finish();
}

} // namespace circuitloom
