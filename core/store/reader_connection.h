#pragma once

#include "core/base/error.h"
#include "core/store/experiment_reader.h"
#include "core/store/rows.h"
#include "core/store/schema.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Transaction.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace circuitloom {

inline constexpr std::int64_t any_integer = std::numeric_limits<std::int64_t>::min();

inline constexpr const char* run_columns = R"sql(
    SELECT run_id, name, method, configuration, model, model_fingerprint, software, seed, steps,
           top_n, parameters, created, state, message, writer_process, writer_started, writer_boot,
           kind, layers, heads, kv_heads, mlp_width, mlp_group_size,)sql";
inline constexpr const char* from_runs = R"sql(
           (SELECT count(*) FROM iteration WHERE iteration.run_id = run.run_id) AS iterations,
           coalesce((SELECT max(step) FROM step WHERE step.run_id = run.run_id), 0) AS steps_done,
           (SELECT loss FROM step WHERE step.run_id = run.run_id
               ORDER BY step DESC LIMIT 1) AS last_loss,
           (SELECT metric FROM step WHERE step.run_id = run.run_id
               ORDER BY step DESC LIMIT 1) AS last_metric
    FROM run JOIN graph USING (graph_id)
    WHERE ? IS NULL OR run_id = ? ORDER BY run_id)sql";

inline std::optional<double> unless_nan(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// What ExperimentReader's calls share. Internal to core/store.
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

    /// A text that this program writes with at most `most` bytes.
    std::string short_text(const Rows& row, int column, std::size_t most) const
    {
        std::string text = row.text(column);
        if (text.size() > most)
            damaged("a name or a note in it is longer than " + std::to_string(most) + " bytes");
        return text;
    }

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
        run.id.value = row.integer(0, any_integer);
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
        run.state = state(
            row, 12, { row.integer(14, any_integer), row.integer(15, any_integer), row.text(16) });
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

} // namespace circuitloom
