#include "core/graph/edge_order.h"
#include "core/store/reader_connection.h"

#include <utility>

namespace circuitloom {

InputError ExperimentReader::no_iteration(RunId id, IterationIndex index) const
{
    const int iterations = run(id).iterations;
    return InputError("Run " + std::to_string(id.value) + " of " + file().string()
        + " has no iteration " + std::to_string(index.value) + "; "
        + (iterations > 0 ? "its last is " + std::to_string(iterations - 1) : "it has none yet")
        + ".");
}

Circuit ExperimentReader::circuit(RunId run, IterationIndex index) const
{
    std::vector<Circuit> found = circuits(run, index, index);
    if (found.empty())
        throw no_iteration(run, index);
    return std::move(found.front());
}

std::vector<Circuit> ExperimentReader::circuits(
    RunId run, IterationIndex from, IterationIndex to) const
{
    return connection_->call("circuits", [&] {
        const auto edge_count = connection_->edge_count(run);
        Rows iterations(connection_->database,
            "SELECT iteration, edges FROM iteration WHERE run_id = ? AND iteration BETWEEN ? AND ? "
            "ORDER BY iteration");
        iterations.bind(run.value, from.value, to.value);
        const std::string edges = "SELECT iteration, edge, score FROM iteration CROSS JOIN "
                                  "circuit_edge USING ("
            + connection_->iteration_key()
            + ") WHERE run_id = ? AND iteration BETWEEN ? AND ? ORDER BY iteration";
        Rows rows(connection_->database, edges);
        rows.bind(run.value, from.value, to.value);
        std::vector<Circuit> found;
        bool more = rows.next();
        while (iterations.next()) {
            const std::int64_t index = iterations.integer(column::iteration, 0);
            Circuit circuit;
            for (; more && rows.integer(column::iteration, 0) == index; more = rows.next())
                circuit.push_back(connection_->scored_edge(rows, edge_count));
            if (circuit.size() != static_cast<std::size_t>(iterations.small(column::edges)))
                connection_->damaged(
                    "the circuit of iteration " + std::to_string(index) + " is not whole");
            found.push_back(strongest_first(std::move(circuit)));
        }
        return found;
    });
}

std::vector<EdgeHistoryPoint> ExperimentReader::edge_history(RunId run, EdgeId edge) const
{
    return connection_->call("the history of an edge", [&] {
        connection_->require_run(run);
        const std::string sql = "SELECT iteration, score FROM iteration CROSS JOIN circuit_edge "
                                "USING ("
            + connection_->iteration_key() + ") WHERE run_id = ? AND edge = ? ORDER BY iteration";
        Rows rows(connection_->database, sql);
        rows.bind(run.value, edge.value);
        std::vector<EdgeHistoryPoint> found;
        while (rows.next())
            found.push_back({ { rows.small(column::iteration) },
                connection_->score(rows) });
        return found;
    });
}

Circuit ExperimentReader::reference_circuit(RunId run) const
{
    return connection_->call("the reference circuit", [&] {
        const auto edge_count = connection_->edge_count(run);
        Circuit circuit;
        if (connection_->version() < 3)
            return circuit;
        Rows rows(connection_->database, select_from(table::reference_edge, "WHERE run_id = ?"));
        rows.bind(run.value);
        while (rows.next())
            circuit.push_back(connection_->scored_edge(rows, edge_count));
        return strongest_first(std::move(circuit));
    });
}

} // namespace circuitloom
