// The rows of runs, and those that went.
#include "core/store/other_origin.h"
#include "core/store/stream_rows.h"

#include <algorithm>
#include <map>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

bool add_iterations(
    StreamTables& tables, StreamBatch& batch, const RunNow& run, RunStand& stand)
{
    if (stand.iteration >= run.iteration)
        return true;
    SQLite::Statement query(tables.sqlite(),
        "SELECT iteration_id, iteration FROM iteration WHERE run_id = ? AND iteration > ? "
        "ORDER BY iteration");
    query.bind(1, run.id);
    query.bind(2, stand.iteration);
    while (query.executeStep()) {
        if (batch.enough())
            return false;
        const std::int64_t id = query.getColumn(0).getInt64();
        // Each with all that belongs to it.
        tables.add_rows(batch, table::iteration, "WHERE iteration_id = ?", { id });
        tables.add_rows(batch, table::circuit_edge, "WHERE iteration_id = ? ORDER BY edge", { id });
        tables.add_rows(batch, table::iteration_certainty, "WHERE iteration_id = ?", { id });
        tables.add_rows(
            batch, table::edge_certainty, "WHERE iteration_id = ? ORDER BY edge", { id });
        stand.iteration = query.getColumn(1).getInt64();
    }
    return true;
}

// Those of one step stay together, as they may come in several transactions: a step that was sent is
// looked at again.
bool add_evaluations(
    StreamTables& tables, StreamBatch& batch, const RunNow& run, RunStand& stand)
{
    if (std::pair(stand.evaluation_step, stand.evaluations)
        == std::pair(run.evaluation_step, run.evaluations))
        return true;
    if (batch.enough())
        return false;
    std::int64_t step = stand.evaluation_step;
    std::int64_t count = 0;
    const auto step_of
        = [](SQLite::Statement& row) { return row.getColumn(column::step.data()).getInt64(); };
    const bool all = tables.add_rows(
        batch, table::evaluation, "WHERE run_id = ? AND step >= ? ORDER BY step, suite, measure",
        { run.id, step },
        [&](SQLite::Statement& row) {
            // The first new one comes whatever its size, or those that were sent would be all.
            return step_of(row) == step || step == stand.evaluation_step || !batch.enough();
        },
        [&](SQLite::Statement& row) {
            if (std::exchange(step, step_of(row)) != step)
                count = 0;
            ++count;
        });
    if (count > 0) {
        stand.evaluation_step = step;
        stand.evaluations = count;
    }
    return all;
}

bool add_figures(StreamTables& tables, StreamBatch& batch, const RunNow& run, RunStand& stand)
{
    const auto not_enough = [&](SQLite::Statement&) { return !batch.enough(); };
    if (stand.references != run.references) {
        batch.clear(table::reference_edge, run.id);
        tables.add_rows(
            batch, table::reference_edge, "WHERE run_id = ? ORDER BY edge", { run.id });
        stand.references = run.references;
    }
    if (stand.step < run.step
        && !tables.add_rows(batch, table::step, "WHERE run_id = ? AND step > ? ORDER BY step",
            { run.id, stand.step }, not_enough, [&](SQLite::Statement& row) {
                stand.step = row.getColumn(column::step.data()).getInt64();
            }))
        return false;
    if (!add_evaluations(tables, batch, run, stand))
        return false;
    return stand.mark >= run.mark
        || tables.add_rows(batch, table::mark,
            "WHERE run_id = ? AND mark_id > ? ORDER BY mark_id", { run.id, stand.mark }, not_enough,
            [&](SQLite::Statement& row) {
                stand.mark = row.getColumn(column::mark_id.data()).getInt64();
            });
}

// Whoever goes on with a run takes rows of it away and makes them again.
bool went_back(const RunStand& had, const RunNow& is)
{
    return had.writer != is.writer || had.iteration > is.iteration || had.step > is.step
        || had.evaluation_step > is.evaluation_step || had.mark > is.mark
        || had.references > is.references;
}

/// The digest of the row of a graph or a checkpoint; null where there is none.
Json digest_now(StreamTables& tables, const WholeName& name)
{
    const bool of_graph = name.kind == WholeKind::graph;
    SQLite::Statement row(tables.sqlite(),
        of_graph ? tables.select(table::graph, "WHERE graph_id = ?")
                 : tables.select(table::checkpoint, "WHERE checkpoint_id = ?"));
    row.bind(1, name.number);
    return row.executeStep() ? Json(row_digest(row)) : Json();
}

} // namespace

bool add_run(StreamTables& tables, StreamPosition& position, StreamBatch& batch, const RunNow& run)
{
    const WholeName graph{ WholeKind::graph, run.graph };
    if (!position.have.contains(key_of(graph))) {
        position.whole = { graph, digest_now(tables, graph), 0, {} };
        if (!add_whole(tables, position, batch))
            return false;
    }
    RunStand& stand = position.stands[run.id];
    if (stand.row == -1) {
        stand.created = run.created;
        stand.writer = run.writer;
    }
    if (stand.row != run.row) {
        tables.add_rows(batch, table::run, "WHERE run_id = ?", { run.id });
        stand.row = run.row;
    }
    const bool all = add_iterations(tables, batch, run, stand)
        && add_figures(tables, batch, run, stand);
    position.note("run:" + std::to_string(run.id), stand.json());
    return all;
}

void remove_what_went(StreamTables& tables, StreamPosition& position, StreamBatch& batch,
    const std::vector<RunNow>& runs)
{
    for (auto stand = position.stands.begin(); stand != position.stands.end();) {
        const auto is = std::ranges::find(runs, stand->first, &RunNow::id);
        const std::string key = "run:" + std::to_string(stand->first);
        if (is == runs.end()) {
            batch.clear(table::run, stand->first);
            position.note(key, nullptr);
            stand = position.stands.erase(stand);
            continue;
        }
        RunStand& had = stand->second;
        if (went_back(had, *is)) {
            for (const Table* table : { &table::iteration, &table::step, &table::evaluation,
                     &table::mark, &table::reference_edge })
                batch.clear(*table, stand->first);
            had = {};
            had.created = is->created;
            had.writer = is->writer;
            position.note(key, had.json());
        }
        ++stand;
    }
    // After the runs, which refer to them.
    const Json before = position.have;
    for (const auto& [key, value] : before.items())
        if (key.starts_with("graph:")) {
            const WholeName graph{ WholeKind::graph, number_in(key) };
            if (digest_now(tables, graph) == value)
                continue;
            batch.clear(table::graph, graph.number);
            position.note(key, nullptr);
        }
    // What lies there half, without a commit.
    if (const auto& whole = position.whole; whole && digest_now(tables, whole->name) != whole->is) {
        batch.clear(whole->name.kind == WholeKind::graph ? table::graph : table::checkpoint,
            whole->name.number);
        position.whole.reset();
    }
}

void require_same_file(const std::filesystem::path& file, const StreamPosition& position,
    const std::vector<RunNow>& runs, std::int64_t last_given, bool recognised)
{
    const auto refuse = [&](const std::string& why) {
        throw OtherOrigin(file.string() + " is another file than the mirror has: " + why
            + ". Mirror it into another file.");
    };
    bool any = false;
    for (const auto& [id, stand] : position.stands) {
        const std::string run = "run " + std::to_string(id);
        const auto is = std::ranges::find(runs, id, &RunNow::id);
        // Numbers of runs are never given again, so a file tells whether it ever had one.
        if (is == runs.end() && id > last_given)
            refuse("it never had a " + run);
        if (is != runs.end() && is->created != stand.created)
            refuse("its " + run + " began at another time");
        any = any || is != runs.end();
    }
    // One whose runs were all deleted is taken at its word; where there are others in their place,
    // nothing is known, and nothing is to be lost.
    if (!recognised && !position.stands.empty() && !runs.empty() && !any)
        refuse("it has other runs, and none of the mirror's");
}

} // namespace circuitloom
