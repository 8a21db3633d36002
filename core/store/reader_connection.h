#pragma once

#include "core/base/error.h"
#include "core/graph/graph_limits.h"
#include "core/store/columns.h"
#include "core/store/experiment_reader.h"
#include "core/store/rows.h"
#include "core/store/schema.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace circuitloom {

inline constexpr std::int64_t any_integer = std::numeric_limits<std::int64_t>::min();

/// Of the runs, beside the columns of their tables.
namespace column {
inline constexpr std::string_view steps_done = "steps_done";
inline constexpr std::string_view last_loss = "last_loss";
inline constexpr std::string_view last_metric = "last_metric";
} // namespace column
inline constexpr const char* run_figures = R"sql(
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
        std::string sql = "SELECT run_id, ";
        for (const Table* part : { &table::run, &table::graph })
            for (const std::string_view name : part->columns) {
                if (name == column::parallel && file_version < 2)
                    sql += "0 AS ";
                if (name == column::notes && file_version < 3)
                    sql += "'' AS ";
                sql.append(name).append(", ");
            }
        return Rows(database, sql + run_figures);
    }

    /// What a circuit's edges share with their iteration.
    std::string iteration_key() { return version() >= 3 ? "iteration_id" : "run_id, iteration"; }

    /// A text that this program writes with at most `most` bytes.
    std::string short_text(const Rows& row, std::string_view column, std::size_t most) const
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

    InputError no_run(RunId id) const
    {
        return InputError(
            database.file().string() + " has no run " + std::to_string(id.value) + ".");
    }

    std::uint64_t seed(const Rows& row) const
    {
        const std::string text = row.text(column::seed);
        std::uint64_t value = 0;
        const char* end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, value);
        if (parsed.ec != std::errc() || parsed.ptr != end)
            damaged("the seed of a run is no whole number");
        return value;
    }

    RunState state(const Rows& row) const
    {
        const std::string text = row.text(column::state);
        const WriterIdentity writer{ row.integer(column::writer_process, any_integer),
            row.integer(column::writer_started, any_integer), row.text(column::writer_boot) };
        for (const RunState state : { RunState::finished, RunState::stopped, RunState::failed })
            if (text == run_state_name(state))
                return state;
        for (const RunState state : { RunState::running, RunState::paused })
            if (text == run_state_name(state))
                return is_alive(writer) ? state : RunState::interrupted;
        damaged("the state of a run is unknown");
    }

    void read_graph(const Rows& row, RunDescription& is) const
    {
        const std::string kind = row.text(column::kind);
        if (kind != "full" && kind != "paper")
            damaged("the kind of a graph is unknown");
        is.graph.kind = kind == "full" ? GraphKind::full : GraphKind::paper;
        is.shape
            = { row.small(column::layers), row.small(column::heads), row.small(column::kv_heads),
                  row.small(column::mlp_width), row.integer(column::parallel, 0, 1) == 1 };
        if (std::max(is.shape.layers, is.shape.heads) > most_layers_or_heads)
            damaged("a graph has more than " + std::to_string(most_layers_or_heads)
                + " layers, or heads in a layer");
        is.graph.mlp_group_size = row.small(column::mlp_group_size);
    }

    RunSummary summary(const Rows& row) const
    {
        RunSummary run;
        run.id.value = row.integer(column::run_id, any_integer);
        RunDescription& is = run.description;
        is.name = row.text(column::name);
        is.method = row.text(column::method);
        is.configuration = row.text(column::configuration);
        is.model = row.text(column::model);
        is.model_fingerprint = row.text(column::model_fingerprint);
        is.software = row.text(column::software);
        is.seed = seed(row);
        is.steps = row.small(column::steps);
        is.top_n = row.small(column::top_n);
        is.parameters = row.integer(column::parameters, 0);
        run.created = row.integer(column::created, 0);
        run.state = state(row);
        run.message = row.text(column::message);
        read_graph(row, is);
        edge_count(is);
        run.notes = row.text(column::notes);
        run.iterations = row.small(column::iterations);
        run.steps_done = row.small(column::steps_done);
        run.last_loss = unless_nan(row.real(column::last_loss));
        run.last_metric = unless_nan(row.real(column::last_metric));
        return run;
    }

    std::int64_t edge_count(const RunDescription& run) const
    {
        try {
            return ComputationalGraph::count_edges(run.shape, run.graph);
        } catch (const InputError& cause) {
            throw ResourceError(database.file().string()
                + " is damaged: the graph of a run is impossible. " + cause.what());
        }
    }

    /// Of a run's graph, by its own row alone: run() counts all that was written to it.
    std::int64_t edge_count(RunId id)
    {
        std::string sql = "SELECT ";
        for (const std::string_view name : table::graph.columns) {
            if (name == column::parallel && version() < 2)
                sql += "0 AS ";
            sql.append(name).append(", ");
        }
        Rows rows(database, sql + "run_id FROM run JOIN graph USING (graph_id) WHERE run_id = ?");
        rows.bind(id.value);
        if (!rows.next())
            throw no_run(id);
        RunDescription description;
        read_graph(rows, description);
        return edge_count(description);
    }

    RunSummary run(RunId id)
    {
        Rows rows = select_runs();
        rows.bind(id.value, id.value);
        if (!rows.next())
            throw no_run(id);
        return summary(rows);
    }

    ScoredEdge scored_edge(const Rows& row, std::int64_t edge_count) const
    {
        const auto edge = row.integer(column::edge, 0, edge_count - 1);
        if (row.is_null(column::score))
            damaged("an edge of a circuit has no score");
        return { { static_cast<std::int32_t>(edge) }, score(row) };
    }

    static float score(const Rows& row)
    {
        constexpr double largest = std::numeric_limits<float>::max();
        return static_cast<float>(row.real(column::score, -largest, largest));
    }

    /// Whether the model that the run changes is known. Throws where there is no such run.
    bool has_model(RunId id)
    {
        Rows rows(database, "SELECT parameters FROM run WHERE run_id = ?");
        rows.bind(id.value);
        if (!rows.next())
            throw no_run(id);
        return rows.integer(column::parameters, 0) > 0;
    }

    void require_run(RunId id)
    {
        Rows rows(database, "SELECT 1 FROM run WHERE run_id = ?");
        rows.bind(id.value);
        if (!rows.next())
            throw no_run(id);
    }

    mutable LoomDatabase database;
};

} // namespace circuitloom
