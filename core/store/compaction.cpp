#include "core/store/compaction.h"

#include "core/base/error.h"
#include "core/store/database.h"
#include "core/store/experiment_reader.h"
#include "core/store/run_rows.h"
#include "core/store/stored_checkpoints.h"

#include <SQLiteCpp/Transaction.h>

#include <nlohmann/json.hpp>

#include <sqlite3.h>

#include <utility>
#include <vector>

namespace circuitloom {

namespace {

std::uintmax_t bytes_of(const std::filesystem::path& file)
{
    std::uintmax_t sum = 0;
    for (const char* suffix : { "", "-wal" }) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file.string() + suffix, error);
        sum += error ? 0 : size;
    }
    return sum;
}

std::vector<RunSummary> idle_runs(const std::filesystem::path& file)
{
    std::vector<RunSummary> runs = ExperimentReader(file).runs();
    for (const RunSummary& run : runs)
        if (is_under_way(run.state))
            throw InputError("Run " + std::to_string(run.id.value) + " of " + file.string()
                + " is going on; stop it before the file is made smaller.");
    return runs;
}

// The configuration is that of core/run, which stands above the store: only this one setting is
// looked at, and what cannot be read is no reason to keep more.
bool keeps_optimizer(const RunSummary& run)
{
    const auto json = nlohmann::json::parse(run.description.configuration, nullptr, false);
    const nlohmann::json::json_pointer place("/checkpoint/keep_optimizer");
    return json.is_object() && json.contains(place) && json.at(place) == nlohmann::json(true);
}

int count_checkpoints(SQLite::Database& database)
{
    return database.execAndGet("SELECT count(*) FROM checkpoint").getInt();
}

void drop_needless_checkpoints(LoomDatabase& database, const std::vector<RunSummary>& runs)
{
    SQLite::Transaction transaction(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const RunSummary& run : runs) {
        drop_checkpoints(database.sqlite(), run.id.value, { .keep = 1 });
        if (run.state == RunState::finished && !keeps_optimizer(run))
            drop_optimizers(database.sqlite(), run.id.value);
    }
    transaction.commit();
}

/// While it lives, statements of the connection end with an error once a stop is requested.
class EndOnRequest
{
public:
    EndOnRequest(sqlite3* connection, std::stop_token stop)
        : connection_(connection)
        , stop_(std::move(stop))
    {
        constexpr int instructions = 1000; // between two looks at the token
        sqlite3_progress_handler(
            connection_, instructions,
            [](void* self) { return static_cast<EndOnRequest*>(self)->stop_.stop_requested() ? 1 : 0; },
            this);
    }
    ~EndOnRequest() { sqlite3_progress_handler(connection_, 0, nullptr, nullptr); }
    EndOnRequest(const EndOnRequest&) = delete;
    EndOnRequest& operator=(const EndOnRequest&) = delete;

private:
    sqlite3* connection_;
    std::stop_token stop_;
};

void require_no_stop(const std::filesystem::path& file, const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled("Making " + file.string() + " smaller was called off.");
}

} // namespace

Compaction compact_experiment(const std::filesystem::path& file, std::stop_token stop)
{
    require_no_stop(file, stop);
    const std::vector<RunSummary> runs = idle_runs(file);
    Compaction done;
    done.before = bytes_of(file);
    LoomDatabase database = LoomDatabase::open_for_writing(file);
    translating(file, "dropping checkpoints", [&] {
        const int had = count_checkpoints(database.sqlite());
        drop_needless_checkpoints(database, runs);
        done.checkpoints = had - count_checkpoints(database.sqlite());
    });
    translating(file, "making it smaller, for which as much room is needed as it takes", [&] {
        const EndOnRequest ends(database.sqlite().getHandle(), stop);
        try {
            database.sqlite().exec("VACUUM");
        } catch (const SQLite::Exception&) {
            require_no_stop(file, stop);
            throw;
        }
        // Readers in the middle of a query keep the log, and the file's length, until they are done.
        database.sqlite().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    });
    done.after = bytes_of(file);
    return done;
}

} // namespace circuitloom
