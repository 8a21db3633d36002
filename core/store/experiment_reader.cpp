#include "core/store/experiment_reader.h"

#include "core/base/error.h"
#include "core/store/rows.h"
#include "core/store/schema.h"
#include "core/store/stored_checkpoints.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace circuitloom {

namespace {

constexpr std::int64_t any = std::numeric_limits<std::int64_t>::min();

constexpr const char* run_columns = R"sql(
    SELECT run_id, name, method, configuration, model, model_fingerprint, software, seed, steps,
           top_n, parameters, created, state, message, writer_process, writer_started, writer_boot,
           kind, layers, heads, kv_heads, mlp_width, mlp_group_size,)sql";
constexpr const char* from_runs = R"sql(
           (SELECT count(*) FROM iteration WHERE iteration.run_id = run.run_id) AS iterations,
           coalesce((SELECT max(step) FROM step WHERE step.run_id = run.run_id), 0) AS steps_done,
           (SELECT loss FROM step WHERE step.run_id = run.run_id
               ORDER BY step DESC LIMIT 1) AS last_loss,
           (SELECT metric FROM step WHERE step.run_id = run.run_id
               ORDER BY step DESC LIMIT 1) AS last_metric
    FROM run JOIN graph USING (graph_id)
    WHERE ? IS NULL OR run_id = ? ORDER BY run_id)sql";

std::optional<double> unless_nan(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

Circuit strongest_first(Circuit circuit)
{
    std::ranges::sort(circuit, [](const ScoredEdge& a, const ScoredEdge& b) {
        const float left = std::abs(a.score);
        const float right = std::abs(b.score);
        return left != right ? left > right : a.edge < b.edge;
    });
    return circuit;
}

} // namespace

struct ExperimentReader::Connection
{
    explicit Connection(const std::filesystem::path& file)
        : database(LoomDatabase::open_for_reading(file))
    {
    }

    /// Runs `read` on one snapshot of the file.
    template <class Read>
    auto call(const char* reading, Read&& read)
    {
        return translating(database.file(), std::string("reading ") + reading, [&] {
            database.begin_call();
            const SQLite::Transaction snapshot(
                database.sqlite(), SQLite::TransactionBehavior::DEFERRED);
            return read();
        });
    }

    /// Asked anew at each call: a writer may have brought the file up to date meanwhile.
    int version() { return check_identity(database.sqlite(), database.file()); }

    /// One row for each run, or for one.
    Rows select_runs()
    {
        const int file_version = version();
        const std::string sql = std::string(run_columns)
            + (file_version >= 2 ? "parallel," : "0 AS parallel,")
            + (file_version >= 3 ? "notes," : "'' AS notes,") + from_runs;
        return Rows(database, sql.c_str());
    }

    /// What a circuit's edges share with their iteration.
    std::string iteration_key() { return version() >= 3 ? "iteration_id" : "run_id, iteration"; }

    [[noreturn]] void damaged(const std::string& why) const
    {
        throw ResourceError(database.file().string() + " is damaged: " + why + ".");
    }

    std::uint64_t seed(const Rows& row, int column) const
    {
        const std::string text = row.text(column);
        std::uint64_t value = 0;
        const char* end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, value);
        if (parsed.ec != std::errc() || parsed.ptr != end)
            damaged("the seed of a run is no whole number");
        return value;
    }

    RunState state(const Rows& row, int column, const WriterIdentity& writer) const
    {
        const std::string text = row.text(column);
        for (const RunState state : { RunState::finished, RunState::stopped, RunState::failed })
            if (text == run_state_name(state))
                return state;
        for (const RunState state : { RunState::running, RunState::paused })
            if (text == run_state_name(state))
                return is_alive(writer) ? state : RunState::interrupted;
        damaged("the state of a run is unknown");
    }

    RunSummary summary(const Rows& row) const
    {
        RunSummary run;
        run.id.value = row.integer(0, any);
        RunDescription& is = run.description;
        is.name = row.text(1);
        is.method = row.text(2);
        is.configuration = row.text(3);
        is.model = row.text(4);
        is.model_fingerprint = row.text(5);
        is.software = row.text(6);
        is.seed = seed(row, 7);
        is.steps = row.small(8);
        is.top_n = row.small(9);
        is.parameters = row.integer(10, 0);
        run.created = row.integer(11, 0);
        run.state = state(row, 12, { row.integer(14, any), row.integer(15, any), row.text(16) });
        run.message = row.text(13);
        const std::string kind = row.text(17);
        if (kind != "full" && kind != "paper")
            damaged("the kind of a graph is unknown");
        is.graph.kind = kind == "full" ? GraphKind::full : GraphKind::paper;
        is.shape = { row.small(18), row.small(19), row.small(20), row.small(21),
            row.integer(23, 0, 1) == 1 };
        is.graph.mlp_group_size = row.small(22);
        edge_count(is);
        run.notes = row.text(24);
        run.iterations = row.small(25);
        run.steps_done = row.small(26);
        run.last_loss = unless_nan(row.real(27));
        run.last_metric = unless_nan(row.real(28));
        return run;
    }

    std::int64_t edge_count(const RunDescription& run) const
    {
        try {
            return ComputationalGraph::count_edges(run.shape, run.graph);
        } catch (const InputError& cause) {
            damaged("the graph of a run is impossible: " + std::string(cause.what()));
        }
    }

    RunSummary run(RunId id)
    {
        Rows rows = select_runs();
        rows.bind(id.value, id.value);
        if (!rows.next())
            throw InputError(
                database.file().string() + " has no run " + std::to_string(id.value) + ".");
        return summary(rows);
    }

    ScoredEdge scored_edge(const Rows& row, int column, std::int64_t edge_count) const
    {
        const auto edge = row.integer(column, 0, edge_count - 1);
        if (row.is_null(column + 1))
            damaged("an edge of a circuit has no score");
        return { { static_cast<std::int32_t>(edge) }, static_cast<float>(row.real(column + 1)) };
    }

    void require_run(RunId id)
    {
        Rows rows(database, "SELECT 1 FROM run WHERE run_id = ?");
        rows.bind(id.value);
        if (!rows.next())
            throw InputError(
                database.file().string() + " has no run " + std::to_string(id.value) + ".");
    }

    mutable LoomDatabase database;
};

ExperimentReader::ExperimentReader(const std::filesystem::path& file)
    : connection_(std::make_unique<Connection>(file))
{
}

ExperimentReader::~ExperimentReader() = default;
ExperimentReader::ExperimentReader(ExperimentReader&&) noexcept = default;
ExperimentReader& ExperimentReader::operator=(ExperimentReader&&) noexcept = default;

const std::filesystem::path& ExperimentReader::file() const
{
    return connection_->database.file();
}

std::vector<RunSummary> ExperimentReader::runs() const
{
    return connection_->call("the runs", [&] {
        std::vector<RunSummary> found;
        Rows rows = connection_->select_runs();
        while (rows.next())
            found.push_back(connection_->summary(rows));
        return found;
    });
}

RunSummary ExperimentReader::run(RunId id) const
{
    return connection_->call("a run", [&] { return connection_->run(id); });
}

std::vector<IterationRecord> ExperimentReader::iterations(RunId run, IterationIndex from) const
{
    return connection_->call("the iterations", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            "SELECT iteration, step, loss, metric, tunable_ratio, tunable_count, edges, entered, "
            "seconds FROM iteration WHERE run_id = ? AND iteration >= ? ORDER BY iteration");
        rows.bind(run.value, from.value);
        std::vector<IterationRecord> found;
        while (rows.next())
            found.push_back({ { rows.small(0) }, rows.small(1), rows.real(2), rows.real(3),
                rows.real(4), rows.integer(5, 0), rows.small(6), rows.small(7), rows.real(8) });
        return found;
    });
}

Circuit ExperimentReader::circuit(RunId run, IterationIndex index) const
{
    std::vector<Circuit> found = circuits(run, index, index);
    if (found.empty())
        throw InputError("Run " + std::to_string(run.value) + " of " + file().string()
            + " has no iteration " + std::to_string(index.value) + ".");
    return std::move(found.front());
}

std::vector<Circuit> ExperimentReader::circuits(
    RunId run, IterationIndex from, IterationIndex to) const
{
    return connection_->call("circuits", [&] {
        const auto edge_count = connection_->edge_count(connection_->run(run).description);
        Rows iterations(connection_->database,
            "SELECT iteration, edges FROM iteration WHERE run_id = ? AND iteration BETWEEN ? AND ? "
            "ORDER BY iteration");
        iterations.bind(run.value, from.value, to.value);
        const std::string edges = "SELECT iteration, edge, score FROM iteration CROSS JOIN "
                                  "circuit_edge USING ("
            + connection_->iteration_key()
            + ") WHERE run_id = ? AND iteration BETWEEN ? AND ? ORDER BY iteration";
        Rows rows(connection_->database, edges.c_str());
        rows.bind(run.value, from.value, to.value);
        std::vector<Circuit> found;
        bool more = rows.next();
        while (iterations.next()) {
            const std::int64_t index = iterations.integer(0, 0);
            Circuit circuit;
            for (; more && rows.integer(0, 0) == index; more = rows.next())
                circuit.push_back(connection_->scored_edge(rows, 1, edge_count));
            if (circuit.size() != static_cast<std::size_t>(iterations.small(1)))
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
        Rows rows(connection_->database, sql.c_str());
        rows.bind(run.value, edge.value);
        std::vector<EdgeHistoryPoint> found;
        while (rows.next())
            found.push_back({ { rows.small(0) }, static_cast<float>(rows.real(1)) });
        return found;
    });
}

Circuit ExperimentReader::reference_circuit(RunId run) const
{
    return connection_->call("the reference circuit", [&] {
        const auto edge_count = connection_->edge_count(connection_->run(run).description);
        Circuit circuit;
        if (connection_->version() < 3)
            return circuit;
        Rows rows(connection_->database, "SELECT edge, score FROM reference_edge WHERE run_id = ?");
        rows.bind(run.value);
        while (rows.next())
            circuit.push_back(connection_->scored_edge(rows, 0, edge_count));
        return strongest_first(std::move(circuit));
    });
}

std::vector<StepRecord> ExperimentReader::steps(RunId run, int after_step) const
{
    return connection_->call("the steps", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            "SELECT step, loss, metric, learning_rate FROM step "
            "WHERE run_id = ? AND step > ? ORDER BY step");
        rows.bind(run.value, after_step);
        std::vector<StepRecord> found;
        while (rows.next())
            found.push_back({ rows.small(0), rows.real(1), rows.real(2), rows.real(3) });
        return found;
    });
}

std::vector<EvaluationRecord> ExperimentReader::evaluations(RunId run, int after_step) const
{
    return connection_->call("the evaluations", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            "SELECT step, suite, measure, value, items FROM evaluation "
            "WHERE run_id = ? AND step > ? ORDER BY step, suite, measure");
        rows.bind(run.value, after_step);
        std::vector<EvaluationRecord> found;
        while (rows.next())
            found.push_back(
                { rows.small(0), rows.text(1), rows.text(2), rows.real(3), rows.small(4) });
        return found;
    });
}

std::vector<MarkRecord> ExperimentReader::marks(RunId run) const
{
    return connection_->call("the marks", [&] {
        connection_->require_run(run);
        Rows rows(connection_->database,
            "SELECT step, kind, label FROM mark WHERE run_id = ? ORDER BY step, mark_id");
        rows.bind(run.value);
        std::vector<MarkRecord> found;
        while (rows.next())
            found.push_back({ rows.small(0), rows.text(1), rows.text(2) });
        return found;
    });
}

std::vector<CheckpointRecord> ExperimentReader::checkpoints(RunId run) const
{
    return connection_->call("the checkpoints", [&] {
        connection_->require_run(run);
        return connection_->version() < 3 ? std::vector<CheckpointRecord>{}
                                          : select_checkpoints(connection_->database, run.value);
    });
}

StoredCheckpoint ExperimentReader::checkpoint(RunId run, std::int64_t id) const
{
    for (const CheckpointRecord& record : checkpoints(run))
        if (record.id == id)
            return connection_->call(
                "a checkpoint", [&] { return read_checkpoint(connection_->database, record); });
    throw InputError("Run " + std::to_string(run.value) + " of " + file().string()
        + " has no checkpoint " + std::to_string(id) + ".");
}

} // namespace circuitloom
