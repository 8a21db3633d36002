#include "core/store/stream_stand.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/store/stream_tables.h"
#include "core/store/writer_identity.h"

#include <SQLiteCpp/Statement.h>

#include <limits>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

} // namespace

Json RunStand::json() const
{
    return { { "created", created }, { "writer", writer }, { "row", row },
        { "iteration", iteration }, { "step", step }, { "evaluation_step", evaluation_step },
        { "evaluations", evaluations }, { "mark", mark }, { "references", references } };
}

RunStand RunStand::from(const Json& json, const std::string& key)
{
    const JsonObject object(json, "The receiver's " + key);
    RunStand stand;
    stand.created = object.integer("created", 0, most);
    stand.writer = object.array("writer");
    stand.row = object.integer("row", -1, most);
    stand.iteration = object.integer("iteration", -1, most);
    stand.step = object.integer("step", -1, most);
    stand.evaluation_step = object.integer("evaluation_step", -1, most);
    stand.evaluations = object.integer("evaluations", 0, most);
    stand.mark = object.integer("mark", 0, most);
    stand.references = object.integer("references", 0, most);
    return stand;
}

void StreamPosition::note(const std::string& key, Json value)
{
    if (value.is_null())
        have.erase(key);
    else if (have.contains(key) && have[key] == value)
        return;
    else
        have[key] = value;
    patch[key] = std::move(value);
}

std::string key_of(const WholeName& name)
{
    return (name.kind == WholeKind::graph ? "graph:" : "checkpoint:") + std::to_string(name.number);
}

std::int64_t number_in(const std::string& key)
{
    try {
        return std::stoll(key.substr(key.find(':') + 1));
    } catch (const std::exception&) {
        throw InputError("What the receiver has names " + key + ", which is none.");
    }
}

std::vector<RunNow> runs_now(StreamTables& tables, const std::map<std::int64_t, RunStand>& stands)
{
    std::vector<RunNow> found;
    SQLite::Database& database = tables.sqlite();
    SQLite::Statement query(database,
        "SELECT run_id, created, graph_id, writer_process, writer_started, writer_boot, state, "
        "coalesce((SELECT max(iteration) FROM iteration WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(step) FROM step WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(step) FROM evaluation WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(mark_id) FROM mark WHERE run_id = run.run_id), 0) "
        "FROM run ORDER BY run_id");
    SQLite::Statement references(database, "SELECT count(*) FROM reference_edge WHERE run_id = ?");
    SQLite::Statement row(database, tables.select(table::run, "WHERE run_id = ?"));
    SQLite::Statement evaluations(
        database, "SELECT count(*) FROM evaluation WHERE run_id = ? AND step = ?");
    while (query.executeStep()) {
        RunNow run;
        run.id = query.getColumn(0).getInt64();
        run.created = query.getColumn(1).getInt64();
        run.graph = query.getColumn(2).getInt64();
        const WriterIdentity writer{ query.getColumn(3).getInt64(), query.getColumn(4).getInt64(),
            query.getColumn(5).getString() };
        run.writer = { writer.process, writer.started, writer.boot };
        const std::string state = query.getColumn(6).getString();
        run.under_way = state == "running" || state == "paused";
        run.alive = run.under_way && is_alive(writer);
        run.iteration = query.getColumn(7).getInt64();
        run.step = query.getColumn(8).getInt64();
        run.evaluation_step = query.getColumn(9).getInt64();
        run.mark = query.getColumn(10).getInt64();
        evaluations.bind(1, run.id);
        evaluations.bind(2, run.evaluation_step);
        if (evaluations.executeStep())
            run.evaluations = evaluations.getColumn(0).getInt64();
        evaluations.reset();
        row.bind(1, run.id);
        if (row.executeStep())
            run.row = row_digest(row);
        row.reset();
        // Those of a run that has ended are counted until they were sent: there may be many.
        const auto stand = stands.find(run.id);
        if (stand != stands.end() && stand->second.references > 0
            && stand->second.row == run.row && !run.under_way) {
            run.references = stand->second.references;
        } else {
            references.bind(1, run.id);
            if (references.executeStep())
                run.references = references.getColumn(0).getInt64();
            references.reset();
        }
        found.push_back(std::move(run));
    }
    return found;
}

} // namespace circuitloom
