#include "core/store/stream_source.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/store/columns.h"
#include "core/store/database.h"
#include "core/store/run_rows.h"
#include "core/store/schema.h"
#include "core/store/stream_batch.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

constexpr int oldest_version = 3; // circuits were kept otherwise before
constexpr std::array writer_columns{ column::writer_process, column::writer_started,
    column::writer_boot };

std::int64_t digest(const Json& value)
{
    const std::vector<std::uint8_t> bytes = Json::to_cbor(value);
    return static_cast<std::int64_t>(::crc32_z(0, bytes.data(), bytes.size()));
}

/// A column list and a table, for one SELECT.
struct Chosen
{
    const Table* table = nullptr;
    std::vector<std::string> columns; ///< empty: the file or the receiver has no such table

    std::string select(const std::string& rest) const
    {
        std::string list;
        for (const std::string& name : columns)
            list += (list.empty() ? "" : ", ") + name;
        return "SELECT " + list + " FROM " + std::string(table->name) + " " + rest;
    }
};

/// How far the receiver has come with a run.
struct RunStand
{
    std::int64_t created = 0;
    Json writer = Json::array(); ///< who wrote the rows: after a resumption they are others
    std::int64_t row = -1; ///< digest of the run's own row; -1: it was not sent
    std::int64_t iteration = -1; ///< the last one
    std::int64_t step = -1;
    std::int64_t evaluation_step = -1;
    std::int64_t evaluations = 0; ///< of that step
    std::int64_t mark = 0;
    std::int64_t references = 0;

    Json json() const
    {
        return { { "created", created }, { "writer", writer }, { "row", row },
            { "iteration", iteration }, { "step", step }, { "evaluation_step", evaluation_step },
            { "evaluations", evaluations }, { "mark", mark }, { "references", references } };
    }
    static RunStand from(const Json& json, const std::string& key)
    {
        const JsonObject object(json, "The receiver's " + key);
        constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
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
};

/// A run of the file at the moment.
struct RunNow
{
    std::int64_t id = 0;
    std::int64_t created = 0;
    std::int64_t graph = 0;
    Json writer;
    bool under_way = false; ///< as its row says
    bool alive = false; ///< and its writer lives
    std::int64_t row = 0;
    std::int64_t iteration = -1;
    std::int64_t step = -1;
    std::int64_t evaluation_step = -1;
    std::int64_t evaluations = 0;
    std::int64_t mark = 0;
    std::int64_t references = 0;
};

} // namespace

struct StreamSource::Impl
{
    Impl(const std::filesystem::path& file, const StreamRequest& request)
        : database(LoomDatabase::open_for_reading(file))
        , have(request.have)
        , with_checkpoints(request.checkpoints)
    {
        translating(file, "looking at its tables", [&] { choose_columns(request.tables); });
        JsonObject(have, "What the receiver has"); // an object
        for (const auto& [key, value] : have.items())
            if (key.starts_with("run:"))
                stands[number_in(key)] = RunStand::from(value, key);
    }

    // What both sides know.
    void choose_columns(const Json& theirs)
    {
        const int version = check_identity(database.sqlite(), database.file());
        if (version < oldest_version)
            throw InputError(database.file().string() + " has schema version "
                + std::to_string(version) + ", which cannot be sent; circuitloom-cli resume, or "
                + "any change in the window, brings it up to date.");
        for (const Table* table : tables()) {
            Chosen one{ table, {} };
            SQLite::Statement query(database.sqlite(),
                "SELECT name FROM pragma_table_info('" + std::string(table->name) + "')");
            const auto known = theirs.find(std::string(table->name));
            while (query.executeStep()) {
                const std::string name = query.getColumn(0).getString();
                const bool of_writer = table == &table::run
                    && std::ranges::find(writer_columns, name) != writer_columns.end();
                const bool wanted = known != theirs.end() && known->is_array()
                    && std::ranges::find(*known, Json(name)) != known->end();
                if (wanted && !of_writer)
                    one.columns.push_back(name);
            }
            chosen[table->name] = std::move(one);
        }
    }

    const Chosen& of(const Table& table) const { return chosen.at(table.name); }
    bool knows(const Table& table) const { return !of(table).columns.empty(); }

    static std::int64_t number_in(const std::string& key)
    {
        try {
            return std::stoll(key.substr(key.find(':') + 1));
        } catch (const std::exception&) {
            throw InputError("What the receiver has names " + key + ", which is none.");
        }
    }

    void note(const std::string& key, Json value)
    {
        if (value.is_null())
            have.erase(key);
        else if (have.contains(key) && have[key] == value)
            return;
        else
            have[key] = value;
        patch[key] = std::move(value);
    }

    /// The rows of a query whose only parameters are whole numbers. Stops where the batch has enough;
    /// then false.
    template <class After>
    bool add_rows(StreamBatch& batch, const Table& table, const std::string& rest,
        std::initializer_list<std::int64_t> parameters, After&& after, bool in_pieces = true)
    {
        if (!knows(table))
            return true;
        SQLite::Statement query(database.sqlite(), of(table).select(rest));
        int index = 0;
        for (const std::int64_t parameter : parameters)
            query.bind(++index, parameter);
        while (query.executeStep()) {
            if (in_pieces && batch.enough())
                return false;
            batch.add(table, of(table).columns, query);
            after(query);
        }
        return true;
    }
    bool add_rows(StreamBatch& batch, const Table& table, const std::string& rest,
        std::initializer_list<std::int64_t> parameters)
    {
        return add_rows(batch, table, rest, parameters, [](SQLite::Statement&) { }, false);
    }

    std::vector<RunNow> runs_now();
    void remove_what_went(StreamBatch& batch, const std::vector<RunNow>& runs);
    void add_graph(StreamBatch& batch, std::int64_t graph);
    void add_run(StreamBatch& batch, const RunNow& run);
    bool add_iterations(StreamBatch& batch, const RunNow& run, RunStand& stand);
    bool add_figures(StreamBatch& batch, const RunNow& run, RunStand& stand);
    void add_users(StreamBatch& batch, const std::string& key,
        std::initializer_list<const Table*> of_users);
    void add_checkpoints(StreamBatch& batch);
    std::vector<Json> next();
    Json alive(const std::vector<RunNow>& runs) const;
    bool changed();

    LoomDatabase database;
    std::map<std::string_view, Chosen> chosen;
    std::map<std::int64_t, RunStand> stands;
    Json have;
    Json patch = Json::object(); ///< what of `have` the batch changes
    bool with_checkpoints;
    std::optional<std::int64_t> data_version; ///< when everything had been sent
    Json sent_alive; ///< null: nothing was said yet
};

std::vector<RunNow> StreamSource::Impl::runs_now()
{
    std::vector<RunNow> found;
    SQLite::Statement query(database.sqlite(),
        "SELECT run_id, created, graph_id, writer_process, writer_started, writer_boot, state, "
        "coalesce((SELECT max(iteration) FROM iteration WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(step) FROM step WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(step) FROM evaluation WHERE run_id = run.run_id), -1), "
        "coalesce((SELECT max(mark_id) FROM mark WHERE run_id = run.run_id), 0) "
        "FROM run ORDER BY run_id");
    SQLite::Statement references(
        database.sqlite(), "SELECT count(*) FROM reference_edge WHERE run_id = ?");
    SQLite::Statement row(database.sqlite(), of(table::run).select("WHERE run_id = ?"));
    SQLite::Statement evaluations(database.sqlite(),
        "SELECT count(*) FROM evaluation WHERE run_id = ? AND step = ?");
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
            run.row = digest(row_values(row));
        row.reset();
        // Counted while it can change only: there may be many.
        const auto stand = stands.find(run.id);
        if (stand != stands.end() && stand->second.row == run.row && !run.under_way) {
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

// First of all: numbers of rows that went are given again.
void StreamSource::Impl::remove_what_went(StreamBatch& batch, const std::vector<RunNow>& runs)
{
    std::map<std::int64_t, const RunNow*> now;
    for (const RunNow& run : runs)
        now[run.id] = &run;
    for (auto stand = stands.begin(); stand != stands.end();) {
        const auto found = now.find(stand->first);
        const std::string key = "run:" + std::to_string(stand->first);
        if (found == now.end()) {
            batch.clear(table::run, stand->first);
            note(key, nullptr);
            stand = stands.erase(stand);
            continue;
        }
        RunStand& had = stand->second;
        if (had.created != found->second->created)
            throw InputError(database.file().string() + " is another file than the mirror has: its run "
                + std::to_string(stand->first) + " began at another time.");
        const RunNow& is = *found->second;
        // Whoever goes on with a run takes rows of it away and makes them again.
        if (had.writer != is.writer || had.iteration > is.iteration || had.step > is.step
            || had.evaluation_step > is.evaluation_step || had.mark > is.mark
            || had.references > is.references) {
            for (const Table* table : { &table::iteration, &table::step, &table::evaluation,
                     &table::mark, &table::reference_edge })
                batch.clear(*table, stand->first);
            had = {};
            had.created = is.created;
            had.writer = is.writer;
            note(key, had.json());
        }
        ++stand;
    }
    // After the runs, which refer to them.
    SQLite::Statement graph(database.sqlite(), of(table::graph).select("WHERE graph_id = ?"));
    const Json before = have;
    for (const auto& [key, value] : before.items()) {
        if (!key.starts_with("graph:"))
            continue;
        graph.bind(1, number_in(key));
        const bool same = graph.executeStep() && value == Json(digest(row_values(graph)));
        graph.reset();
        if (!same) {
            batch.clear(table::graph, number_in(key));
            note(key, nullptr);
        }
    }
}

void StreamSource::Impl::add_graph(StreamBatch& batch, std::int64_t graph)
{
    const std::string key = "graph:" + std::to_string(graph);
    if (have.contains(key))
        return;
    std::int64_t is = 0;
    add_rows(
        batch, table::graph, "WHERE graph_id = ?", { graph },
        [&](SQLite::Statement& row) { is = digest(row_values(row)); }, false);
    add_rows(batch, table::node, "WHERE graph_id = ? ORDER BY node", { graph });
    add_rows(batch, table::edge, "WHERE graph_id = ? ORDER BY edge", { graph });
    note(key, is);
}

bool StreamSource::Impl::add_iterations(StreamBatch& batch, const RunNow& run, RunStand& stand)
{
    if (stand.iteration >= run.iteration)
        return true;
    SQLite::Statement query(database.sqlite(),
        "SELECT iteration_id, iteration FROM iteration WHERE run_id = ? AND iteration > ? "
        "ORDER BY iteration");
    query.bind(1, run.id);
    query.bind(2, stand.iteration);
    while (query.executeStep()) {
        if (batch.enough())
            return false;
        const std::int64_t id = query.getColumn(0).getInt64();
        // Each with all that belongs to it.
        add_rows(batch, table::iteration, "WHERE iteration_id = ?", { id });
        add_rows(batch, table::circuit_edge, "WHERE iteration_id = ? ORDER BY edge", { id });
        add_rows(batch, table::iteration_certainty, "WHERE iteration_id = ?", { id });
        add_rows(batch, table::edge_certainty, "WHERE iteration_id = ? ORDER BY edge", { id });
        stand.iteration = query.getColumn(1).getInt64();
    }
    return true;
}

bool StreamSource::Impl::add_figures(StreamBatch& batch, const RunNow& run, RunStand& stand)
{
    if (stand.references != run.references) {
        batch.clear(table::reference_edge, run.id);
        add_rows(batch, table::reference_edge, "WHERE run_id = ? ORDER BY edge", { run.id });
        stand.references = run.references;
    }
    const auto step = [&](SQLite::Statement& row) {
        stand.step = row.getColumn(column::step.data()).getInt64();
    };
    if (stand.step < run.step
        && !add_rows(batch, table::step, "WHERE run_id = ? AND step > ? ORDER BY step",
            { run.id, stand.step }, step))
        return false;
    if (std::pair(stand.evaluation_step, stand.evaluations)
        != std::pair(run.evaluation_step, run.evaluations)) {
        // Those of a step may come in several transactions.
        add_rows(batch, table::evaluation,
            "WHERE run_id = ? AND step >= ? ORDER BY step, suite, measure",
            { run.id, stand.evaluation_step });
        stand.evaluation_step = run.evaluation_step;
        stand.evaluations = run.evaluations;
    }
    if (stand.mark < run.mark) {
        add_rows(batch, table::mark, "WHERE run_id = ? AND mark_id > ? ORDER BY mark_id",
            { run.id, stand.mark });
        stand.mark = run.mark;
    }
    return true;
}

void StreamSource::Impl::add_run(StreamBatch& batch, const RunNow& run)
{
    add_graph(batch, run.graph);
    RunStand& stand = stands[run.id];
    if (stand.row == -1) {
        stand.created = run.created;
        stand.writer = run.writer;
    }
    if (stand.row != run.row) {
        add_rows(batch, table::run, "WHERE run_id = ?", { run.id });
        stand.row = run.row;
    }
    if (add_iterations(batch, run, stand))
        add_figures(batch, run, stand);
    note("run:" + std::to_string(run.id), stand.json());
}

// What the user wrote beside the runs is little: where any of it changed, all of it is sent.
void StreamSource::Impl::add_users(
    StreamBatch& batch, const std::string& key, std::initializer_list<const Table*> of_users)
{
    Json all = Json::array();
    for (const Table* table : of_users) {
        if (!knows(*table))
            continue;
        SQLite::Statement query(database.sqlite(), of(*table).select("ORDER BY 1, 2"));
        while (query.executeStep())
            all.push_back(row_values(query));
    }
    const Json is = digest(all);
    if (all.empty() ? !have.contains(key) : have.contains(key) && have[key] == is)
        return;
    batch.clear(**of_users.begin());
    for (const Table* table : of_users)
        add_rows(batch, *table, "ORDER BY 1, 2", {});
    note(key, all.empty() ? Json() : is);
}

void StreamSource::Impl::add_checkpoints(StreamBatch& batch)
{
    std::map<std::string, Json> now;
    {
        SQLite::Statement query(database.sqlite(), of(table::checkpoint).select("ORDER BY 1"));
        while (query.executeStep())
            now["checkpoint:" + query.getColumn(column::checkpoint_id.data()).getString()]
                = digest(row_values(query));
    }
    const Json before = have;
    for (const auto& [key, value] : before.items())
        if (key.starts_with("checkpoint:") && (!now.contains(key) || now[key] != value)) {
            batch.clear(table::checkpoint, number_in(key));
            note(key, nullptr);
        }
    for (const auto& [key, value] : now) {
        if (have.contains(key))
            continue;
        if (batch.enough())
            return;
        const std::int64_t id = number_in(key);
        add_rows(batch, table::checkpoint, "WHERE checkpoint_id = ?", { id });
        add_rows(
            batch, table::checkpoint_tensor, "WHERE checkpoint_id = ? ORDER BY tensor_id", { id });
        add_rows(batch, table::checkpoint_data,
            "WHERE tensor_id IN (SELECT tensor_id FROM checkpoint_tensor WHERE checkpoint_id = ?) "
            "ORDER BY tensor_id, part",
            { id });
        note(key, value);
    }
}

Json StreamSource::Impl::alive(const std::vector<RunNow>& runs) const
{
    Json ids = Json::array();
    for (const RunNow& run : runs)
        if (run.alive && stands.contains(run.id))
            ids.push_back(run.id);
    return ids;
}

std::vector<Json> StreamSource::Impl::next()
{
    return translating(database.file(), "reading what is new in it", [&] {
        database.begin_call();
        const std::int64_t version
            = database.sqlite().execAndGet("PRAGMA data_version").getInt64();
        const SQLite::Transaction snapshot(
            database.sqlite(), SQLite::TransactionBehavior::DEFERRED);
        const std::vector<RunNow> runs = runs_now();
        StreamBatch batch;
        patch = Json::object();
        remove_what_went(batch, runs);
        for (const RunNow& run : runs)
            if (!batch.enough())
                add_run(batch, run);
        if (!batch.enough()) {
            add_users(batch, "bookmarks", { &table::bookmark });
            add_users(batch, "supernodes", { &table::supernode, &table::supernode_member });
            add_users(batch, "view", { &table::window_view });
        }
        if (with_checkpoints && !batch.enough())
            add_checkpoints(batch);
        const Json live = alive(runs);
        if (batch.empty() && patch.empty() && live == sent_alive) {
            data_version = version;
            return std::vector<Json>();
        }
        sent_alive = live;
        std::vector<Json> messages = batch.take();
        messages.push_back({ { "type", "commit" }, { "have", patch }, { "alive", live } });
        return messages;
    });
}

bool StreamSource::Impl::changed()
{
    return translating(database.file(), "looking whether it changed", [&] {
        database.begin_call();
        if (!data_version
            || database.sqlite().execAndGet("PRAGMA data_version").getInt64() != *data_version)
            return true;
        SQLite::Statement query(database.sqlite(),
            "SELECT run_id, writer_process, writer_started, writer_boot FROM run "
            "WHERE state IN ('running', 'paused') ORDER BY run_id");
        Json live = Json::array();
        while (query.executeStep())
            if (is_alive(writer_of(query)))
                live.push_back(query.getColumn(0).getInt64());
        return live != sent_alive;
    });
}

StreamSource::StreamSource(const std::filesystem::path& file, const StreamRequest& request)
    : impl_(std::make_unique<Impl>(file, request))
{
}

StreamSource::~StreamSource() = default;
StreamSource::StreamSource(StreamSource&&) noexcept = default;
StreamSource& StreamSource::operator=(StreamSource&&) noexcept = default;

bool StreamSource::changed()
{
    return impl_->changed();
}

std::vector<nlohmann::json> StreamSource::next()
{
    return impl_->next();
}

const nlohmann::json& StreamSource::have() const
{
    return impl_->have;
}

} // namespace circuitloom
