#include "core/store/stream_source.h"

#include "core/base/error.h"
#include "core/formats/json_input.h"
#include "core/store/run_rows.h"
#include "core/store/stream_rows.h"

#include <SQLiteCpp/Transaction.h>

#include <optional>
#include <utility>

namespace circuitloom {

namespace {

using Json = nlohmann::json;

// What no transaction can do without.
void require_tables(const StreamTables& tables, bool checkpoints)
{
    for (const Table* table : { &table::graph, &table::run, &table::checkpoint })
        if (!tables.knows(*table) && (checkpoints || table != &table::checkpoint))
            throw InputError(
                "The receiver says that it has no table " + std::string(table->name) + ".");
}

} // namespace

struct StreamSource::Impl
{
    Impl(const std::filesystem::path& file, const StreamRequest& request)
        : tables(translating(
              file, "looking at its tables", [&] { return StreamTables(file, request.tables); }))
        , with_checkpoints(request.checkpoints)
        , batch_bytes(request.batch_bytes)
        , committed(request.have)
    {
        require_tables(tables, with_checkpoints);
        written.have = request.have;
        JsonObject(written.have, "What the receiver has"); // an object
        for (const auto& [key, value] : written.have.items())
            if (key.starts_with("run:"))
                written.stands[number_in(key)] = RunStand::from(value, key);
    }

    std::vector<Json> next();
    std::vector<Json> build();
    void fill(StreamBatch& batch, const std::vector<RunNow>& runs);
    Json alive(const std::vector<RunNow>& runs) const;
    bool changed();

    StreamTables tables;
    bool with_checkpoints;
    std::size_t batch_bytes;
    StreamPosition written; ///< with all that was written to the receiver
    StreamPosition built; ///< with what next() gave last
    Json committed; ///< what the receiver has by the last commit that was written
    bool recognised = false; ///< the file is the one that the receiver began with
    std::optional<std::int64_t> data_version; ///< when everything had been sent
};

Json StreamSource::Impl::alive(const std::vector<RunNow>& runs) const
{
    Json ids = Json::array();
    for (const RunNow& run : runs)
        if (run.alive && built.stands.contains(run.id))
            ids.push_back(run.id);
    return ids;
}

void StreamSource::Impl::fill(StreamBatch& batch, const std::vector<RunNow>& runs)
{
    remove_what_went(tables, built, batch, runs);
    if (!add_whole(tables, built, batch))
        return;
    for (const RunNow& run : runs)
        if (batch.enough() || !add_run(tables, built, batch, run))
            return;
    if (batch.enough())
        return;
    add_users(tables, built, batch);
    if (with_checkpoints && !batch.enough())
        add_checkpoints(tables, built, batch);
}

std::vector<Json> StreamSource::Impl::build()
{
    SQLite::Database& sqlite = tables.sqlite();
    tables.database().begin_call();
    const std::int64_t version = sqlite.execAndGet("PRAGMA data_version").getInt64();
    const SQLite::Transaction snapshot(sqlite, SQLite::TransactionBehavior::DEFERRED);
    built = written;
    const std::vector<RunNow> runs = runs_now(tables, built.stands);
    SQLite::Statement given(sqlite, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'run'");
    given.executeStep();
    require_same_file(
        tables.database().file(), built, runs, given.getColumn(0).getInt64(), recognised);
    recognised = true;
    StreamBatch batch(batch_bytes);
    fill(batch, runs);
    if (built.whole)
        return batch.take();
    const Json live = alive(runs);
    if (batch.empty() && built.patch.empty() && live == built.alive) {
        data_version = version;
        return {};
    }
    built.alive = live;
    std::vector<Json> messages = batch.take();
    messages.push_back({ { "type", "commit" },
        { "have", std::exchange(built.patch, Json::object()) }, { "alive", live } });
    return messages;
}

std::vector<Json> StreamSource::Impl::next()
{
    return translating(
        tables.database().file(), "reading what is new in it", [&] { return build(); });
}

bool StreamSource::Impl::changed()
{
    return translating(tables.database().file(), "looking whether it changed", [&] {
        tables.database().begin_call();
        SQLite::Database& sqlite = tables.sqlite();
        if (!data_version || sqlite.execAndGet("PRAGMA data_version").getInt64() != *data_version)
            return true;
        SQLite::Statement query(sqlite,
            "SELECT run_id, writer_process, writer_started, writer_boot FROM run "
            "WHERE state IN ('running', 'paused') ORDER BY run_id");
        Json live = Json::array();
        while (query.executeStep())
            if (is_alive(writer_of(query)))
                live.push_back(query.getColumn(0).getInt64());
        return live != written.alive;
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

void StreamSource::wrote()
{
    impl_->written = impl_->built;
    if (!impl_->written.whole)
        impl_->committed = impl_->written.have;
}

const nlohmann::json& StreamSource::have() const
{
    return impl_->committed;
}

} // namespace circuitloom
