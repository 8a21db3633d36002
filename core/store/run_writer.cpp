#include "core/store/run_writer.h"

#include "core/base/error.h"
#include "core/store/catalogue.h"
#include "core/store/database.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <cmath>
#include <ctime>

namespace circuitloom {

namespace {

bool is_final(RunState state)
{
    return state != RunState::running && state != RunState::paused;
}

template <class... Values>
void execute(SQLite::Statement& statement, const Values&... values)
{
    statement.tryReset(); // also after a call that failed
    int index = 0;
    (statement.bind(++index, values), ...);
    statement.exec();
    statement.reset();
}

std::int64_t add_run(SQLite::Database& database, const RunDescription& run, std::int64_t graph)
{
    const WriterIdentity writer = this_process();
    SQLite::Statement insert(database,
        "INSERT INTO run (name, method, configuration, model, model_fingerprint, software, seed, "
        "steps, top_n, parameters, graph_id, created, state, message, writer_process, "
        "writer_started, writer_boot) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', '', ?, ?, ?)");
    execute(insert, run.name, run.method, run.configuration, run.model, run.model_fingerprint,
        run.software, std::to_string(run.seed), run.steps, run.top_n, run.parameters, graph,
        static_cast<std::int64_t>(std::time(nullptr)), writer.process, writer.started, writer.boot);
    return database.getLastInsertRowid();
}

} // namespace

struct RunWriter::Connection
{
    Connection(const std::filesystem::path& file, const RunDescription& description,
        const ComputationalGraph& graph)
        : database(LoomDatabase::open_for_writing(file))
        , edge_count(static_cast<std::int64_t>(graph.edges().size()))
        , id(begin_run(description, graph))
        , iteration(database.sqlite(),
              "INSERT INTO iteration (run_id, iteration, step, loss, metric, tunable_ratio, "
              "tunable_count, edges, entered, seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        , circuit_edge(database.sqlite(),
              "INSERT INTO circuit_edge (run_id, iteration, edge, score) VALUES (?, ?, ?, ?)")
        , step(database.sqlite(),
              "INSERT INTO step (run_id, step, loss, metric, learning_rate) "
              "VALUES (?, ?, ?, ?, ?)")
        , evaluation(database.sqlite(),
              "INSERT OR REPLACE INTO evaluation (run_id, step, suite, measure, value, items) "
              "VALUES (?, ?, ?, ?, ?, ?)")
        , mark(
              database.sqlite(), "INSERT INTO mark (run_id, step, kind, label) VALUES (?, ?, ?, ?)")
        , state(database.sqlite(),
              "UPDATE run SET state = ?, message = ?, ended = ? WHERE run_id = ?")
    {
    }

    std::int64_t begin_run(const RunDescription& description, const ComputationalGraph& graph)
    {
        SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
        const std::int64_t catalogue = catalogue_of(database.sqlite(), graph);
        const std::int64_t run = add_run(database.sqlite(), description, catalogue);
        transaction.commit();
        return run;
    }

    void require_edges_of_graph(const Circuit& circuit) const
    {
        for (const ScoredEdge& scored : circuit) {
            if (scored.edge.value < 0 || scored.edge.value >= edge_count)
                throw InputError("Edge " + std::to_string(scored.edge.value)
                    + " is not in the run's graph of " + std::to_string(edge_count) + " edges.");
            if (std::isnan(scored.score))
                throw InputError("The score of edge " + std::to_string(scored.edge.value)
                    + " is not a number: the training has diverged; lower the learning rate.");
        }
    }

    /// Runs `write` as one transaction.
    template <class Write>
    void commit(const char* doing, Write&& write)
    {
        translating(database.file(), doing, [&] {
            SQLite::Transaction transaction(
                database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
            write();
            transaction.commit();
        });
    }

    LoomDatabase database;
    std::int64_t edge_count;
    std::int64_t id;
    bool open = true;
    SQLite::Statement iteration;
    SQLite::Statement circuit_edge;
    SQLite::Statement step;
    SQLite::Statement evaluation;
    SQLite::Statement mark;
    SQLite::Statement state;
};

RunWriter::RunWriter(const std::filesystem::path& file, const RunDescription& description)
{
    const ComputationalGraph graph(description.shape, description.graph);
    connection_ = translating(file, "adding a run",
        [&] { return std::make_unique<Connection>(file, description, graph); });
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

void RunWriter::add_iteration(const IterationRecord& iteration, const Circuit& circuit)
{
    Connection& to = *connection_;
    to.require_edges_of_graph(circuit);
    if (iteration.edges != static_cast<int>(circuit.size()))
        throw InputError("Iteration " + std::to_string(iteration.index.value) + " says it has "
            + std::to_string(iteration.edges) + " edges, but its circuit has "
            + std::to_string(circuit.size()) + ".");
    to.commit("writing an iteration", [&] {
        // SQLite stores what is not a number as NULL.
        execute(to.iteration, to.id, iteration.index.value, iteration.step, iteration.loss,
            iteration.metric, iteration.tunable_ratio, iteration.tunable_count, iteration.edges,
            iteration.entered, iteration.seconds);
        for (const ScoredEdge& scored : circuit)
            execute(to.circuit_edge, to.id, iteration.index.value, scored.edge.value,
                static_cast<double>(scored.score));
    });
}

void RunWriter::add_step(const StepRecord& step)
{
    Connection& to = *connection_;
    to.commit("writing a step",
        [&] { execute(to.step, to.id, step.step, step.loss, step.metric, step.learning_rate); });
}

void RunWriter::add_evaluations(const std::vector<EvaluationRecord>& evaluations)
{
    Connection& to = *connection_;
    to.commit("writing an evaluation", [&] {
        for (const EvaluationRecord& one : evaluations)
            execute(to.evaluation, to.id, one.step, one.suite, one.measure, one.value, one.items);
    });
}

void RunWriter::add_mark(const MarkRecord& mark)
{
    Connection& to = *connection_;
    to.commit("writing a mark", [&] { execute(to.mark, to.id, mark.step, mark.kind, mark.label); });
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
        if (is_final(state))
            to.state.bind(3, static_cast<std::int64_t>(std::time(nullptr)));
        to.state.bind(4, to.id);
        to.state.exec();
        to.state.reset();
    });
    to.open = !is_final(state);
    // An ended run is moved out of the write-ahead log, so that the .loom file alone has it all.
    // A reader at work may prevent that; the log then stays beside the file.
    if (!to.open)
        to.database.sqlite().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
}

} // namespace circuitloom
