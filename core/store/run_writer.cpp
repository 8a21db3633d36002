#include "core/store/run_writer.h"

#include "core/base/error.h"
#include "core/graph/edge_order.h"
#include "core/store/columns.h"
#include "core/store/database.h"
#include "core/store/experiment_reader.h"
#include "core/store/rescue.h"
#include "core/store/run_rows.h"
#include "core/store/stored_checkpoints.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cmath>

namespace circuitloom {

namespace {

constexpr int checkpoint_waits_ms = 200;

} // namespace

struct RunWriter::Connection
{
    Connection(LoomDatabase opened, std::int64_t edges, std::int64_t run)
        : database(std::move(opened))
        , edge_count(edges)
        , id(run)
        , iteration(database.sqlite(), insert_into(table::iteration))
        , circuit_edge(database.sqlite(), insert_into(table::circuit_edge))
        , iteration_certainty(database.sqlite(), insert_into(table::iteration_certainty))
        , edge_certainty(database.sqlite(), insert_into(table::edge_certainty))
        , reference_edge(database.sqlite(), insert_into(table::reference_edge))
        , step(database.sqlite(), insert_into(table::step))
        , evaluation(database.sqlite(),
              insert_into(table::evaluation)
                  + " ON CONFLICT DO UPDATE SET value = excluded.value, items = excluded.items")
        , mark(database.sqlite(), insert_into(table::mark))
        , state(database.sqlite(),
              "UPDATE run SET state = ?, message = ?, ended = max(created, ?) WHERE run_id = ?")
    {
    }

    void require_edges_of_graph(const Circuit& circuit) const
    {
        for (const ScoredEdge& scored : circuit) {
            if (scored.edge.value < 0 || scored.edge.value >= edge_count)
                throw InputError("Edge " + std::to_string(scored.edge.value)
                    + " is not in the run's graph of " + std::to_string(edge_count) + " edges.");
            if (!std::isfinite(scored.score))
                throw InputError("The score of edge " + std::to_string(scored.edge.value)
                    + " is not a finite number: the training has diverged; lower the learning rate.");
        }
    }

    void require_writable(const IterationRecord& record, const Circuit& circuit,
        const std::optional<ScoreCertainty>& certainty) const
    {
        require_edges_of_graph(circuit);
        if (record.edges != static_cast<int>(circuit.size()))
            throw InputError("Iteration " + std::to_string(record.index.value) + " says it has "
                + std::to_string(record.edges) + " edges, but its circuit has "
                + std::to_string(circuit.size()) + ".");
        if (certainty && certainty->edges.size() != circuit.size())
            throw InputError("Iteration " + std::to_string(record.index.value) + " says how sure "
                + std::to_string(certainty->edges.size()) + " edges are, but its circuit has "
                + std::to_string(circuit.size()) + ".");
    }

    /// Within a transaction, as the next two.
    void insert_iteration(const IterationRecord& record, const Circuit& circuit,
        const std::optional<ScoreCertainty>& certainty)
    {
        // SQLite stores what is not a number as NULL.
        execute(iteration, id, record.index.value, record.step, record.loss,
            record.metric, record.tunable_ratio, record.tunable_count, record.edges,
            record.entered, record.seconds, record.tokens);
        // In the order of the table, at whose end they come to lie.
        const std::int64_t iteration_id = database.sqlite().getLastInsertRowid();
        for (const ScoredEdge& scored : by_edge(circuit))
            execute(circuit_edge, iteration_id, scored.edge.value,
                static_cast<double>(scored.score));
        if (!certainty)
            return;
        execute(iteration_certainty, iteration_id, certainty->resamples, certainty->examples,
            certainty->blocks, certainty->stability.jaccard, certainty->stability.chance);
        CertainEdges sure;
        for (std::size_t i = 0; i < circuit.size(); ++i)
            sure.push_back({ circuit[i].edge, certainty->edges[i] });
        std::ranges::sort(sure, {}, [](const CertainEdge& one) { return one.edge.value; });
        for (const CertainEdge& one : sure)
            execute(edge_certainty, iteration_id, one.edge.value,
                static_cast<double>(one.certainty.inclusion),
                static_cast<double>(one.certainty.low), static_cast<double>(one.certainty.high));
    }

    void insert_step(const StepRecord& one)
    {
        execute(step, id, one.step, one.loss, one.metric, one.learning_rate);
    }

    void insert_evaluation(const EvaluationRecord& one)
    {
        execute(evaluation, id, one.step, one.suite, one.measure, one.value, one.items);
    }

    /// What is written to a file without a name would be lost.
    void require_in_place()
    {
        if (rescued.empty() && database.is_in_place())
            return;
        if (rescued.empty())
            rescued = rescue(database);
        throw ResourceError(database.file().string()
            + " was deleted or replaced while the run was going on. All it held is in "
            + rescued.string() + ", where the run can be resumed.");
    }

    /// Runs `write` as one transaction.
    template <class Write>
    void commit(const char* doing, Write&& write)
    {
        require_in_place();
        translating(database.file(), doing, [&] {
            SQLite::Transaction transaction(
                database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
            write();
            transaction.commit();
        });
    }

    /// Gives back the room of replaced checkpoints, and moves everything out of the write-ahead
    /// log, so that the .loom file alone has it all. A reader in the middle of a query can prevent
    /// that; the log then stays beside the file. A full disk can, too, and the file is then longer.
    void make_compact()
    {
        database.sqlite().tryExec("PRAGMA incremental_vacuum"); // does nothing to older files
        database.sqlite().setBusyTimeout(checkpoint_waits_ms);
        database.sqlite().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
        database.sqlite().setBusyTimeout(writer_waits_ms);
    }

    LoomDatabase database;
    std::int64_t edge_count;
    std::int64_t id;
    bool open = true;
    std::filesystem::path rescued; ///< empty as long as the file is where it was
    SQLite::Statement iteration;
    SQLite::Statement circuit_edge;
    SQLite::Statement iteration_certainty;
    SQLite::Statement edge_certainty;
    SQLite::Statement reference_edge;
    SQLite::Statement step;
    SQLite::Statement evaluation;
    SQLite::Statement mark;
    SQLite::Statement state;
};

RunWriter::RunWriter(const std::filesystem::path& file, const RunDescription& description)
{
    const ComputationalGraph graph(description.shape, description.graph);
    connection_ = translating(file, "adding a run", [&] {
        LoomDatabase database = LoomDatabase::open_for_writing(file);
        const std::int64_t run = begin_run(database, description, graph);
        return std::make_unique<Connection>(
            std::move(database), static_cast<std::int64_t>(graph.edges().size()), run);
    });
}

RunWriter::RunWriter(
    const std::filesystem::path& file, RunId run, const std::optional<CheckpointRecord>& from)
{
    const RunDescription description = ExperimentReader(file).run(run).description;
    connection_ = translating(file, "going on with a run", [&] {
        LoomDatabase database = LoomDatabase::open_for_writing(file);
        continue_run(database, run, from);
        return std::make_unique<Connection>(std::move(database),
            ComputationalGraph::count_edges(description.shape, description.graph), run.value);
    });
}

RunWriter::~RunWriter()
{
    if (!connection_->open)
        return;
    try {
        set_state(RunState::stopped, "The run was left before its end.");
    } catch (const Error&) {
        // The row keeps saying running; once this process has ended, readers see an interrupted
        // run.
    }
}

RunId RunWriter::id() const
{
    return { connection_->id };
}

void RunWriter::add_iteration(const IterationRecord& iteration, const Circuit& circuit,
    const std::optional<ScoreCertainty>& certainty)
{
    Connection& to = *connection_;
    to.require_writable(iteration, circuit, certainty);
    to.commit("writing an iteration", [&] { to.insert_iteration(iteration, circuit, certainty); });
}

void RunWriter::add_observation(const IterationRecord& iteration, const Circuit& circuit,
    std::span<const StepRecord> steps, std::span<const EvaluationRecord> evaluations,
    const MarkRecord& mark)
{
    Connection& to = *connection_;
    to.require_writable(iteration, circuit, {});
    to.commit("writing an observation", [&] {
        for (const StepRecord& step : steps)
            to.insert_step(step);
        for (const EvaluationRecord& one : evaluations)
            to.insert_evaluation(one);
        execute(to.mark, to.id, mark.step, mark.kind, mark.label);
        to.insert_iteration(iteration, circuit, {});
    });
}

void RunWriter::set_reference(const Circuit& circuit)
{
    Connection& to = *connection_;
    to.require_edges_of_graph(circuit);
    to.commit("writing the reference circuit", [&] {
        SQLite::Statement removal(
            to.database.sqlite(), "DELETE FROM reference_edge WHERE run_id = ?");
        execute(removal, to.id);
        for (const ScoredEdge& scored : by_edge(circuit))
            execute(to.reference_edge, to.id, scored.edge.value, static_cast<double>(scored.score));
    });
}

void RunWriter::add_step(const StepRecord& step)
{
    Connection& to = *connection_;
    to.commit("writing a step", [&] { to.insert_step(step); });
}

void RunWriter::add_evaluations(const std::vector<EvaluationRecord>& evaluations)
{
    Connection& to = *connection_;
    to.commit("writing an evaluation", [&] {
        for (const EvaluationRecord& one : evaluations)
            to.insert_evaluation(one);
    });
}

void RunWriter::add_mark(const MarkRecord& mark)
{
    Connection& to = *connection_;
    to.commit("writing a mark", [&] { execute(to.mark, to.id, mark.step, mark.kind, mark.label); });
}

void RunWriter::add_checkpoint(const CheckpointRecord& what, const std::string& values,
    std::span<const TensorView> tensors, const CheckpointPolicy& policy)
{
    Connection& to = *connection_;
    to.commit("writing a checkpoint", [&] {
        // First, so that the new one takes their place in the file.
        if (policy.drops_optimizers)
            drop_optimizers(to.database.sqlite(), to.id);
        insert_checkpoint(to.database.sqlite(), to.id, what, values, tensors, policy);
    });
}

void RunWriter::set_state(RunState state, const std::string& message)
{
    if (state == RunState::interrupted)
        throw InputError("A run that can still be written to is not interrupted.");
    Connection& to = *connection_;
    to.commit("writing the run's state", [&] {
        to.state.clearBindings();
        to.state.tryReset();
        to.state.bind(1, std::string(run_state_name(state)));
        to.state.bind(2, message);
        if (!is_under_way(state))
            to.state.bind(3, seconds_now());
        to.state.bind(4, to.id);
        to.state.exec();
        to.state.reset();
    });
    to.open = is_under_way(state);
    if (!to.open)
        to.make_compact();
}

} // namespace circuitloom
