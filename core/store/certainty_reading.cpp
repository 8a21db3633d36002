#include "core/store/reader_connection.h"
#include "core/store/stored_certainty.h"

#include <algorithm>
#include <limits>

namespace circuitloom {

namespace {

constexpr int first_version = 7; // that has the tables

} // namespace

const EdgeCertainty* find_certainty(const CertainEdges& edges, EdgeId edge)
{
    const auto found = std::ranges::lower_bound(edges, edge.value, {},
        [](const CertainEdge& one) { return one.edge.value; });
    return found != edges.end() && found->edge == edge ? &found->certainty : nullptr;
}

std::vector<IterationCertainty> ExperimentReader::certainties(
    RunId run, IterationIndex from) const
{
    return connection_->call("how sure the circuits are", [&] {
        connection_->require_run(run);
        std::vector<IterationCertainty> found;
        if (connection_->version() < first_version)
            return found;
        Rows rows(connection_->database,
            "SELECT iteration, resamples, examples, blocks, stability, stability_by_chance FROM "
            "iteration JOIN iteration_certainty USING (iteration_id) WHERE run_id = ? AND "
            "iteration >= ? ORDER BY iteration");
        rows.bind(run.value, from.value);
        while (rows.next())
            found.push_back({ { rows.small(column::iteration) }, rows.small(column::resamples, 1),
                rows.integer(column::examples, 1), rows.integer(column::blocks, 1),
                { rows.real(column::stability, 0, 1),
                    rows.real(column::stability_by_chance, 0, 1) } });
        return found;
    });
}

CertainEdges ExperimentReader::edge_certainties(RunId run, IterationIndex index) const
{
    return connection_->call("how sure the edges are", [&] {
        const auto edge_count = connection_->edge_count(run);
        CertainEdges found;
        if (connection_->version() < first_version)
            return found;
        Rows rows(connection_->database,
            "SELECT edge, inclusion, low, high FROM iteration CROSS JOIN edge_certainty USING "
            "(iteration_id) WHERE run_id = ? AND iteration = ? ORDER BY edge");
        rows.bind(run.value, index.value);
        constexpr double largest = std::numeric_limits<float>::max();
        const auto real = [&rows](std::string_view name, double least, double most) {
            return static_cast<float>(rows.real(name, least, most));
        };
        while (rows.next()) {
            const auto edge = rows.integer(column::edge, 0, edge_count - 1);
            found.push_back({ { static_cast<std::int32_t>(edge) },
                { real(column::inclusion, 0, 1), real(column::low, -largest, largest),
                    real(column::high, -largest, largest) } });
        }
        return found;
    });
}

} // namespace circuitloom
